// A tracker whose worker counts under a lock; Close tells it to end, and counts when it has.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

// Tracker counts the events that are sent to it.
type Tracker struct {
	mu     sync.Mutex
	events chan string
	wg     sync.WaitGroup
	seen   map[string]int
}

// New makes a tracker.
func New() *Tracker { return &Tracker{events: make(chan string, 64), seen: map[string]int{}} }

// Start begins to count.
func (t *Tracker) Start() {
	t.wg.Add(1)
	go t.loop()
}

func (t *Tracker) loop() {
	defer t.wg.Done()
	for event := range t.events {
		t.mu.Lock()
		t.seen[event]++
		t.mu.Unlock()
	}
}

// Has says whether an event was seen.
func (t *Tracker) Has(event string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen[event] > 0
}

// Close ends the count, and says how many kinds of events there were.
func (t *Tracker) Close() int {
	close(t.events)
	t.wg.Wait()
	return len(t.seen)
}

func main() {
	probe.AtOnce(func() {
		t := New()
		t.Start()
		for _, event := range []string{"open", "read", "close"} {
			t.events <- event
		}
		t.Close()
	})
}
