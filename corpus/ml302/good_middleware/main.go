// Package main is a rate limiter made of one function around a handler.
// The map it closes over starts anew when it is full.
//
// run: heap steady
package main

import (
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

const (
	burst      = 10
	maxClients = 300
)

// limit passes the first few requests of each client on to next.
func limit(next http.Handler) http.Handler {
	var mu sync.Mutex
	seen := make(map[string]int)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if len(seen) >= maxClients {
			clear(seen)
		}
		seen[r.RemoteAddr]++
		n := seen[r.RemoteAddr]
		mu.Unlock()
		if n > burst {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hello(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("hello"))
}

func main() {
	handler := limit(http.HandlerFunc(hello))
	probe.Requests(handler, func(i int) *http.Request {
		return probe.Get(i, "/")
	})
}
