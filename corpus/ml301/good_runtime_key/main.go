// Package main serves addresses from a zone that is loaded again and again.
// A load replaces the function that looks names up, which needs the whole zone.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type nameServer struct {
	mu     sync.RWMutex
	lookup func(name string) string
}

func (s *nameServer) load(zone map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lookup = func(name string) string { return zone[name] }
}

func (s *nameServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	fmt.Fprintln(w, s.lookup(r.FormValue("name")))
}

func zone(serial int) map[string]string {
	names := make(map[string]string)
	for i := range 600 {
		names["host-"+strconv.Itoa(i)] = "192.0.2." + strconv.Itoa(serial)
	}
	return names
}

func main() {
	s := &nameServer{}
	http.Handle("/", s)
	probe.Reloads(func(i int) { s.load(zone(i)) })
}
