// Package main measures how long clients pause between their calls.
// It remembers the last call of every client.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

const hour = 3 * time.Millisecond

type pauses struct {
	last sync.Map // want ML201:"last"
}

func (p *pauses) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	if before, called := p.last.Swap(r.RemoteAddr, now); called {
		fmt.Fprintln(w, "pause:", now.Sub(before.(time.Time)))
	}
}

func main() {
	p := &pauses{}
	http.Handle("/", p)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/")
	})
}
