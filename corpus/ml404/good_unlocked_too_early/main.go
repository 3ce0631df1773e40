// A job board that reads the worker's queue before it unlocks, and on the early path unlocks to return.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type board struct {
	mu     sync.Mutex
	idle   []string
	queued map[string]int
}

func (b *board) enqueue(worker string) {
	b.mu.Lock()
	b.queued[worker]++
	b.mu.Unlock()
}

func (b *board) done(worker string) {
	b.mu.Lock()
	delete(b.queued, worker)
	b.mu.Unlock()
}

// next returns an idle worker and how many jobs wait for it.
func (b *board) next() (string, int) {
	b.mu.Lock()
	if len(b.idle) == 0 {
		b.mu.Unlock()
		return "", 0
	}
	worker := b.idle[0]
	waiting, ok := b.queued[worker]
	b.mu.Unlock()
	if !ok {
		return worker, 0
	}
	return worker, waiting
}

func main() {
	b := &board{idle: []string{"w1"}, queued: map[string]int{}}
	probe.AtOnce(
		func() { b.enqueue("w1") },
		func() { b.done("w1") },
		func() { b.next() },
	)
}
