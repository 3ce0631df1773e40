// Package main sets up batches that clients announce, and keeps the last one.
// The announcement says how many items will come, and nobody is promised room for them.
//
// run: heap steady
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type announcement struct {
	Name  string
	Items int
}

type server struct {
	mu    sync.Mutex
	batch map[string]string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var a announcement
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	batch := make(map[string]string)
	batch[a.Name] = r.RemoteAddr
	s.mu.Lock()
	defer s.mu.Unlock()
	s.batch = batch
}

func main() {
	s := &server{}
	probe.Requests(s, func(i int) *http.Request {
		r := probe.Get(i, "/")
		r.Body = io.NopCloser(strings.NewReader(fmt.Sprintf(`{"Name": "b", "Items": %d}`, i)))
		return r
	})
}
