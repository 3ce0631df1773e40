// A presence list that sends its live map to a watcher.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type status byte

const (
	available status = iota
	away
)

type Presence struct {
	mu       sync.Mutex
	statuses map[string]status
	watcher  chan map[string]status
}

func (p *Presence) Set(user string, s status) {
	p.mu.Lock()
	p.statuses[user] = s
	p.mu.Unlock()
}

func (p *Presence) Leave(user string) {
	p.mu.Lock()
	delete(p.statuses, user)
	p.mu.Unlock()
}

func (p *Presence) Notify() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watcher <- p.statuses // want ML405:"statuses"
}

func watch(updates <-chan map[string]status) {
	for users := range updates {
		present := 0
		for _, s := range users {
			if s == available {
				present++
			}
		}
	}
}

func main() {
	p := &Presence{statuses: map[string]status{}, watcher: make(chan map[string]status, 1)}
	defer close(p.watcher)
	go watch(p.watcher)
	probe.AtOnce(
		func() { p.Set("ann", available) },
		func() { p.Leave("ann") },
		func() { p.Notify() },
	)
}
