// A rate limiter in shards that takes a token under the shard's read lock.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type shard struct {
	sync.RWMutex
	tokens map[string]int
}

type limiter struct {
	shards []*shard
}

func newLimiter(n int) *limiter {
	l := &limiter{}
	for range n {
		l.shards = append(l.shards, &shard{tokens: map[string]int{}})
	}
	return l
}

func (l *limiter) pick(client string) *shard {
	return l.shards[len(client)%len(l.shards)]
}

func (l *limiter) Take(client string) {
	s := l.pick(client)
	s.RLock()
	defer s.RUnlock()
	if s.tokens[client] > 0 {
		s.tokens[client]-- // want ML403:"tokens"
	}
}

func (l *limiter) Grant(client string, n int) {
	s := l.pick(client)
	s.Lock()
	defer s.Unlock()
	s.tokens[client] = n
}

func (l *limiter) Forget(client string) {
	s := l.pick(client)
	s.Lock()
	defer s.Unlock()
	delete(s.tokens, client)
}

func main() {
	l := newLimiter(4)
	probe.AtOnce(
		func() { l.Grant("10.0.0.7", 50) },
		func() { l.Take("10.0.0.7") },
		func() { l.Take("10.0.0.7") },
	)
	l.Forget("10.0.0.7")
}
