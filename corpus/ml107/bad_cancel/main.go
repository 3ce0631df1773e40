// Package main runs searches that can be called off.
// A search that has ended is forgotten, while its context stays a child of the server's.
//
// run: heap grows
package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

type server struct {
	ctx      context.Context
	mu       sync.Mutex
	searches map[string]context.CancelFunc
}

func (s *server) begin(id string) context.Context {
	ctx, cancel := context.WithCancel(s.ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.searches[id] = cancel
	return ctx
}

func (s *server) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.searches, id) // want ML107:"searches"
}

func (s *server) stopAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, cancel := range s.searches {
		cancel()
	}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := s.begin(r.RemoteAddr)
	defer s.end(r.RemoteAddr)
	fmt.Fprintln(w, ctx.Err())
}

func main() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s := &server{ctx: ctx, searches: map[string]context.CancelFunc{}}
	defer s.stopAll()
	probe.Requests(s, func(i int) *http.Request { return probe.Get(i, "/") })
}
