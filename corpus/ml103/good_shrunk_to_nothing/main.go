// Package main tells watchers of a port when its endpoints change.
// The last watcher to leave a port takes the port along.
//
// run: heap steady
package main

import (
	"net/http"
	"slices"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type ports struct {
	mu       sync.Mutex
	watchers map[string][]string
}

func (p *ports) watch(w http.ResponseWriter, r *http.Request) {
	port := r.PathValue("port")
	p.add(port, r.RemoteAddr)
	defer p.remove(port, r.RemoteAddr)
	w.WriteHeader(http.StatusOK)
}

func (p *ports) add(port, watcher string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watchers[port] = append(p.watchers[port], watcher)
}

func (p *ports) remove(port, watcher string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	left := p.watchers[port]
	if i := slices.Index(left, watcher); i >= 0 {
		left = slices.Delete(left, i, i+1)
	}
	if len(left) == 0 {
		delete(p.watchers, port)
		return
	}
	p.watchers[port] = left
}

func main() {
	p := &ports{watchers: map[string][]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/ports/{port}", p.watch)
	probe.Requests(mux, func(i int) *http.Request {
		return probe.Get(i, "/ports/"+strconv.Itoa(i))
	})
}
