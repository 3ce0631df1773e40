// Package main is a server that shows which requests are being worked on.
// The requests themselves are the keys, as long as they run.
//
// run: heap steady
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type board struct {
	mu      sync.Mutex
	running map[*http.Request]time.Time
}

func (b *board) begin(r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.running[r] = time.Now()
}

func (b *board) end(r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	log.Println(r.URL, time.Since(b.running[r]))
	delete(b.running, r)
}

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.begin(r)
	defer b.end(r)
	fmt.Fprintln(w, "hello")
}

func main() {
	log.SetOutput(io.Discard)
	b := &board{running: map[*http.Request]time.Time{}}
	probe.Requests(b, func(i int) *http.Request { return probe.Get(i, "/") })
}
