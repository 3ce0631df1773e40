// A mailbox whose Deliver locks a mutex that it has just made.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type mailbox struct {
	mu     *sync.Mutex
	unread map[string]int
}

func newMailbox() *mailbox {
	return &mailbox{mu: new(sync.Mutex), unread: map[string]int{}}
}

func (m *mailbox) Deliver(folder string) {
	mu := &sync.Mutex{}
	mu.Lock()
	defer mu.Unlock()
	m.unread[folder]++ // want ML406:"unread"
}

func (m *mailbox) MarkRead(folder string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.unread, folder)
}

func (m *mailbox) Unread() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, unread := range m.unread {
		n += unread
	}
	return n
}

func main() {
	m := newMailbox()
	probe.AtOnce(
		func() { m.Deliver("inbox") },
		func() { m.MarkRead("inbox") },
		func() { m.Unread() },
	)
}
