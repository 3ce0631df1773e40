// A memory store that meets its interface by pointer.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

// Store keeps the grants of a user.
type Store interface {
	Grant(user, right string)
	Revoke(user string)
	Right(user string) string
}

type memory struct {
	mu     sync.RWMutex
	rights map[string]string
}

func (m *memory) Grant(user, right string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rights[user] = right
}

func (m *memory) Revoke(user string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.rights, user)
}

func (m *memory) Right(user string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.rights[user]
}

func serve(s Store) {
	probe.AtOnce(
		func() { s.Grant("ann", "write") },
		func() { s.Revoke("ann") },
		func() { s.Right("ann") },
	)
}

func main() {
	serve(&memory{rights: map[string]string{}})
}
