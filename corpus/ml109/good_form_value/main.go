// Package main is a server that holds the results of the last search.
// The request says how many there will be, and more than a thousand are refused.
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

type server struct {
	mu      sync.Mutex
	results map[string]int
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	size, err := strconv.Atoi(r.FormValue("size"))
	if err != nil || size < 0 || size > 1000 {
		http.Error(w, "how many?", http.StatusBadRequest)
		return
	}
	results := make(map[string]int, size)
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
