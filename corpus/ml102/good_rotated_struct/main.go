// Package main counts the hits of each client in two windows, the last one and this one.
// The window that begins takes the place of the one before the last, whole.
//
// run: heap steady
package main

import (
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

const perWindow = 100

type window struct {
	served int
	hits   map[string]int
}

type throttle struct {
	mu      sync.Mutex
	current int
	windows [2]window
}

func (t *throttle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.windows[t.current].served == perWindow {
		t.rotate()
	}
	now := &t.windows[t.current]
	now.served++
	now.hits[r.RemoteAddr]++
	if now.hits[r.RemoteAddr] > perWindow/2 {
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

func (t *throttle) rotate() {
	t.current = 1 - t.current
	t.windows[t.current] = window{hits: map[string]int{}}
}

func main() {
	t := &throttle{windows: [2]window{{hits: map[string]int{}}, {hits: map[string]int{}}}}
	probe.Requests(t, func(i int) *http.Request { return probe.Get(i, "/") })
}
