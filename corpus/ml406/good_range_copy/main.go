// A limiter in shards whose Reset locks the shards themselves.
//
// run: ok
package main

import (
	"sync"

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
	for i := range l.shards {
		s := &l.shards[i]
		s.mu.Lock()
		clear(s.used)
		s.mu.Unlock()
	}
}

func main() {
	l := newLimiter(4)
	probe.AtOnce(
		func() { l.Take("10.0.0.7") },
		func() { l.Take("10.0.0.71") },
		func() { l.Reset() },
	)
}
