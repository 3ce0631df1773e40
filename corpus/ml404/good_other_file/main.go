// A mail queue whose statistics stand in another file and read under the queue's lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type mailQueue struct {
	mu       sync.Mutex
	attempts map[string]int
}

func (q *mailQueue) try(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.attempts[id]++
}

func (q *mailQueue) sent(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.attempts, id)
}

func main() {
	q := &mailQueue{attempts: map[string]int{}}
	probe.AtOnce(
		func() { q.try("m1") },
		func() { q.sent("m1") },
		func() { q.stats() },
	)
}
