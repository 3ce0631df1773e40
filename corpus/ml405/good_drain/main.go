// A batcher whose Flush hands over the pending batch and goes on with a new one.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type batcher struct {
	mu      sync.Mutex
	pending map[string]int
	flushed int
}

func (b *batcher) Add(metric string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending[metric] += n
}

func (b *batcher) Cancel(metric string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.pending, metric)
}

func (b *batcher) Flush() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.flushed++
	batch := b.pending
	b.pending = make(map[string]int)
	return batch
}

func send(batch map[string]int) (total int) {
	for _, n := range batch {
		total += n
	}
	return total
}

func main() {
	b := &batcher{pending: map[string]int{}}
	probe.AtOnce(
		func() { b.Add("requests", 1) },
		func() { b.Cancel("errors") },
		func() { send(b.Flush()) },
	)
}
