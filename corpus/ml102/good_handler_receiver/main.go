// Package main is a rate limiter, a handler that wraps another one.
// It turns new addresses away while it has as many buckets as it may have.
//
// run: heap steady
package main

import (
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

const (
	burst      = 5
	maxBuckets = 400
)

type limiter struct {
	next    http.Handler
	mu      sync.Mutex
	buckets map[string]int
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
		if len(l.buckets) >= maxBuckets {
			return false
		}
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
