// Package main is a lock-out list of clients that failed to sign in, with a janitor goroutine.
// The janitor deletes the old entries.
//
// run: heap steady
package main

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"example.com/corpus/probe"
)

const lockout = 2 * time.Millisecond

type failures struct {
	mu    sync.Mutex
	since map[string]int64
	stale atomic.Int64
}

func watchFailures() *failures {
	f := &failures{since: make(map[string]int64)}
	go f.janitor()
	return f
}

func (f *failures) janitor() {
	for range time.Tick(lockout) {
		before := time.Now().Add(-lockout).UnixNano()
		f.mu.Lock()
		for client, at := range f.since {
			if at < before {
				delete(f.since, client)
				f.stale.Add(1)
			}
		}
		f.mu.Unlock()
	}
}

func (f *failures) signIn(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("password") == "sesame" {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if at, ok := f.since[r.RemoteAddr]; ok && time.Now().UnixNano()-at < int64(lockout) {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	f.since[r.RemoteAddr] = time.Now().UnixNano()
	w.WriteHeader(http.StatusForbidden)
}

func main() {
	http.HandleFunc("/sign-in", watchFailures().signIn)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/sign-in?password=guess")
	})
}
