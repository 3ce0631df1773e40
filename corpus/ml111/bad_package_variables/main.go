// Package main holds requests back that come too fast.
// The loop over the clients is meant to forget them, and takes the wrong map.
//
// run: heap grows
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type client struct {
	hits int
	last time.Time
}

var (
	mu      sync.Mutex
	clients = map[string]*client{}
	banned  = map[string]bool{}
)

func hit(addr string) int {
	mu.Lock()
	defer mu.Unlock()
	c, ok := clients[addr]
	if !ok {
		c = &client{}
		clients[addr] = c
	}
	c.hits++
	c.last = time.Now()
	if c.hits > 10 {
		banned[addr] = true
	}
	forget()
	return c.hits
}

func forget() {
	for addr, c := range clients {
		if time.Since(c.last) < time.Millisecond {
			continue
		}
		delete(banned, addr) // want ML111:"clients"
	}
}

func limit(w http.ResponseWriter, r *http.Request) {
	if hit(r.RemoteAddr) > 10 {
		http.Error(w, "slow down", http.StatusTooManyRequests)
	}
}

func main() {
	probe.Requests(http.HandlerFunc(limit), func(i int) *http.Request { return probe.Get(i, "/") })
}
