// Package main serves addresses from a zone that is loaded again and again.
// Every load adds a function that keeps its zone for the size.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type nameServer struct {
	mu    sync.RWMutex
	sizes []func() int
}

func (s *nameServer) load(zone map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sizes = append(s.sizes, func() int { return len(zone) }) // want ML301:"zone"
}

func (s *nameServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, size := range s.sizes {
		fmt.Fprintln(w, size())
	}
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
