// A configuration service that marshals its map for a request under the read lock.
//
// run: ok
package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

type service struct {
	mu    sync.RWMutex
	flags map[string]bool
}

func (s *service) toggle(flag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flags[flag] {
		delete(s.flags, flag)
	} else {
		s.flags[flag] = true
	}
}

func (s *service) show(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	body, err := json.Marshal(s.flags)
	s.mu.RUnlock()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(body)
}

func main() {
	s := &service{flags: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /flags", s.show)
	probe.AtOnce(
		func() { s.toggle("dark-mode") },
		func() { s.toggle("new-checkout") },
		func() { mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/flags", nil)) },
	)
}
