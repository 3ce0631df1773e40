// Package main is a token service: one server object lives as long as the process.
// Revoking a token answers and keeps the grant.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type grant struct {
	user    string
	expires time.Time
}

type server struct {
	mu     sync.Mutex
	grants map[string]grant // want ML102:"grants"
}

func newServer() *server {
	return &server{grants: make(map[string]grant)}
}

func (s *server) issue(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grants[token] = grant{user: r.FormValue("user"), expires: time.Now().Add(time.Hour)}
	w.WriteHeader(http.StatusCreated)
}

func (s *server) revoke(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grants[token]
	if !ok {
		http.NotFound(w, r)
		return
	}
	fmt.Fprintf(w, "%s is signed out\n", g.user)
}

func main() {
	s := newServer()
	mux := http.NewServeMux()
	mux.HandleFunc("/issue", s.issue)
	mux.HandleFunc("/revoke", s.revoke)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"issue", "revoke"}[i%2]
		return probe.Get(i, "/"+action+"?user=ann&token="+strconv.Itoa(i/2))
	})
}
