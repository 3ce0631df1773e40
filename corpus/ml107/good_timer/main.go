// Package main closes rooms that nobody has entered for an hour, by a timer for each.
// A room that is closed by hand stops its timer.
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

type house struct {
	mu    sync.Mutex
	rooms map[string]*time.Timer
}

func (h *house) open(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rooms[name] = time.AfterFunc(time.Hour, func() { fmt.Println(name, "is empty") })
}

func (h *house) shut(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rooms[name].Stop()
	delete(h.rooms, name)
}

func (h *house) shutAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, timer := range h.rooms {
		timer.Stop()
		delete(h.rooms, name)
	}
}

func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.open(r.RemoteAddr)
	h.shut(r.RemoteAddr)
	fmt.Fprintln(w, "closed")
}

func main() {
	h := &house{rooms: map[string]*time.Timer{}}
	defer h.shutAll()
	probe.Requests(h, func(i int) *http.Request { return probe.Get(i, "/") })
}
