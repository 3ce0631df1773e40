// Package main measures how long clients pause between their calls.
// It forgets all last calls at the end of an hour.
//
// run: heap steady
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
	last sync.Map
}

func (p *pauses) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	if before, called := p.last.Swap(r.RemoteAddr, now); called {
		fmt.Fprintln(w, "pause:", now.Sub(before.(time.Time)))
	}
}

func (p *pauses) forget() {
	for range time.Tick(hour) {
		p.last.Clear()
	}
}

func main() {
	p := &pauses{}
	go p.forget()
	http.Handle("/", p)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/")
	})
}
