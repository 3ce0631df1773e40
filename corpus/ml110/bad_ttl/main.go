// Package main blocks addresses that have failed to log in, for an hour.
// An hour of attempts from ever new addresses is what it holds.
//
// run: heap grows
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

const block = time.Hour

type guard struct {
	mu      sync.Mutex
	blocked map[string]time.Time // want ML110:"blocked"
}

func (g *guard) sweep(now time.Time) {
	for addr, since := range g.blocked {
		if now.Sub(since) > block {
			delete(g.blocked, addr)
		}
	}
}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if now.Second() == 0 {
		g.sweep(now)
	}
	g.blocked[r.RemoteAddr] = now
	http.Error(w, "wrong password", http.StatusUnauthorized)
}

func main() {
	g := &guard{blocked: map[string]time.Time{}}
	probe.Requests(g, func(i int) *http.Request { return probe.Get(i, "/login") })
}
