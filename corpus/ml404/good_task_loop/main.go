// A task loop that locks to copy the names of its tasks and runs them unlocked.
//
// run: ok
package main

import (
	"sync"
	"time"
)

type manager struct {
	mu    sync.Mutex
	tasks map[string]func()
	ran   int
}

func (m *manager) add(name string, task func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tasks[name] = task
}

func (m *manager) remove(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tasks, name)
}

func (m *manager) loop(ticks <-chan time.Time) {
	for range ticks {
		var due []func()
		m.mu.Lock()
		for _, task := range m.tasks {
			due = append(due, task)
		}
		m.mu.Unlock()
		for _, task := range due {
			task()
		}
		m.mu.Lock()
		m.ran += len(due)
		m.mu.Unlock()
	}
}

func main() {
	m := &manager{tasks: map[string]func(){}}
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	go m.loop(ticker.C)
	for range 200 {
		m.add("rotate logs", func() {})
		time.Sleep(200 * time.Microsecond)
		m.remove("rotate logs")
		time.Sleep(200 * time.Microsecond)
	}
}
