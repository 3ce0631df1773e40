// Package main is a rate limiter, a handler that wraps another one.
// It opens a bucket for every address that ever came.
//
// run: heap grows
package main

import (
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

const (
	burst = 5
)

type limiter struct {
	next    http.Handler
	mu      sync.Mutex
	buckets map[string]int // want ML102:"buckets"
}

func limit(next http.Handler) *limiter {
	return &limiter{next: next, buckets: map[string]int{}}
}

func (l *limiter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !l.allow(r.RemoteAddr) {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	l.next.ServeHTTP(w, r)
}

func (l *limiter) allow(addr string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	left, known := l.buckets[addr]
	if !known {
		left = burst
	}
	if left == 0 {
		return false
	}
	l.buckets[addr] = left - 1
	return true
}

func main() {
	handler := limit(http.NotFoundHandler())
	probe.Requests(handler, func(i int) *http.Request {
		return probe.Get(i, "/")
	})
}
