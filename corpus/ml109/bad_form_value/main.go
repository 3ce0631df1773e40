// Package main is a server that holds the results of the last search.
// The request says how many there will be, and the map is made for as many.
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

type server struct {
	mu      sync.Mutex
	results map[string]int
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	size, err := strconv.Atoi(r.FormValue("size"))
	if err != nil || size < 0 {
		http.Error(w, "how many?", http.StatusBadRequest)
		return
	}
	results := make(map[string]int, size) // want ML109:"form value"
	results[r.FormValue("q")] = size
	s.mu.Lock()
	defer s.mu.Unlock()
	s.results = results
}

func main() {
	s := &server{}
	probe.Requests(s, func(i int) *http.Request {
		return probe.Get(i, fmt.Sprintf("/?q=go&size=%d", i))
	})
}
