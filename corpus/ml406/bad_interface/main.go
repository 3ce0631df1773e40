// A memory store that meets its interface by value, and every call through that locks a copy.
//
// run: race
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

func (m memory) Grant(user, right string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rights[user] = right // want ML406:"rights"
}

func (m memory) Revoke(user string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.rights, user) // want ML406:"rights"
}

func (m memory) Right(user string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.rights[user] // want ML406:"rights"
}

func serve(s Store) {
	probe.AtOnce(
		func() { s.Grant("ann", "write") },
		func() { s.Revoke("ann") },
		func() { s.Right("ann") },
	)
}

func main() {
	serve(memory{rights: map[string]string{}})
}
