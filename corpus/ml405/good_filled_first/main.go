// Hosts that are handed out as they are; Set fills a new map before anybody has it.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Hosts struct {
	mu   sync.Mutex
	list map[string]bool
}

func (h *Hosts) Set(names []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = map[string]bool{}
	for _, name := range names {
		h.list[name] = true
	}
}

func (h *Hosts) All() map[string]bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.list
}

func main() {
	h := &Hosts{list: map[string]bool{}}
	probe.AtOnce(
		func() { h.Set([]string{"a", "b"}) },
		func() {
			for name := range h.All() {
				println(name)
			}
		},
	)
}
