// Package main is a proxy that learns its backends from snapshots of a catalogue.
// Each snapshot makes a new table, which takes the old one's place.
//
// run: heap steady
package main

import (
	"io"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type backend struct{ name, addr string }

type proxy struct {
	mu       sync.RWMutex
	backends map[string]string
}

func (p *proxy) follow(snapshots <-chan []backend) {
	for snapshot := range snapshots {
		p.apply(snapshot)
	}
}

func (p *proxy) apply(snapshot []backend) {
	next := make(map[string]string)
	for _, b := range snapshot {
		next[b.name] = b.addr
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.backends = next
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.RLock()
	addr := p.backends[r.Host]
	p.mu.RUnlock()
	if addr == "" {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	io.WriteString(w, addr)
}

func main() {
	p := &proxy{backends: map[string]string{}}
	snapshots := make(chan []backend)
	go p.follow(snapshots)
	http.Handle("/", p)
	probe.Messages(snapshots, func(i int) []backend {
		return []backend{{name: "backend-" + strconv.Itoa(i), addr: "10.0.0.1"}}
	})
}
