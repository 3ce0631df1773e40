// A limiter in shards whose Reset ranges over copies of the shards and locks those.
//
// run: race
package main

import (
	"sync"
	"time"

	"example.com/corpus/probe"
)

type shard struct {
	mu   sync.Mutex
	used map[string]int
}

type limiter struct {
	shards []shard
}

func newLimiter(n int) *limiter {
	l := &limiter{shards: make([]shard, n)}
	for i := range l.shards {
		l.shards[i].used = map[string]int{}
	}
	return l
}

func (l *limiter) Take(client string) bool {
	s := &l.shards[len(client)%len(l.shards)]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used[client]++
	return s.used[client] < 100
}

func (l *limiter) Reset() {
	for _, s := range l.shards {
		s.mu.Lock()
		clear(s.used) // want ML406:"used"
		s.mu.Unlock()
	}
}

func main() {
	l := newLimiter(4)
	go probe.AtOnce( // whoever copies a locked mutex waits for it for ever
		func() { l.Take("10.0.0.7") },
		func() { l.Take("10.0.0.71") },
		func() { l.Reset() },
	)
	time.Sleep(300 * time.Millisecond)
}
