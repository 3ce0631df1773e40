// Package main counts the uses of feature switches by the name in the request.
// A name that the program does not know is counted all the same.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type switches struct {
	mu    sync.Mutex
	known map[string]bool
	uses  map[string]*int64 // want ML102:"uses"
}

func newSwitches() *switches {
	return &switches{known: map[string]bool{"dark": true, "beta": true}, uses: make(map[string]*int64)}
}

func (s *switches) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("switch")
	if _, ok := s.known[name]; !ok {
		w.WriteHeader(http.StatusAccepted)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.uses[name] == nil {
		s.uses[name] = new(int64)
	}
	*s.uses[name]++
}

func main() {
	probe.Requests(newSwitches(), func(i int) *http.Request { return probe.Get(i, "/?switch=s"+strconv.Itoa(i)) })
}
