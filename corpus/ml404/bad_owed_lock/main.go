// A manager that is locked from the deployment of something until it is done; Done lets go before it tells anybody.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type deployer interface {
	Deploy(name string)
	Done(name string) int
}

type Manager struct {
	mu        sync.RWMutex
	listeners map[string]int
}

func (m *Manager) Add(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.listeners[name]++
}

func (m *Manager) Remove(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.listeners, name)
}

// Deploy takes the lock that Done releases.
func (m *Manager) Deploy(name string) { m.mu.RLock() }

func (m *Manager) Done(name string) int {
	m.mu.RUnlock()
	return m.told(name)
}

func (m *Manager) told(name string) int { return m.listeners[name] } // want ML404:"listeners"

type Ledger struct{ deployers []deployer }

func (l *Ledger) Commit(name string) {
	for _, each := range l.deployers {
		each.Deploy(name)
	}
	l.finish(name)
}

func (l *Ledger) finish(name string) {
	for _, each := range l.deployers {
		each.Done(name)
	}
}

func main() {
	m := &Manager{listeners: map[string]int{}}
	l := &Ledger{deployers: []deployer{m}}
	probe.AtOnce(
		func() { m.Add("a") },
		func() { m.Remove("a") },
		func() { l.Commit("a") },
	)
}
