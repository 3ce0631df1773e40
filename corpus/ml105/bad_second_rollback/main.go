// Package main is a server that logs users in, in two steps.
// Failing the first step takes the session back, failing the second does not.
//
// run: heap grows
package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

type session struct {
	user string
}

type server struct {
	mu       sync.Mutex
	sessions map[string]*session
}

var (
	errUnknown = errors.New("unknown user")
	errLocked  = errors.New("locked out")
)

func (s *server) login(token, user string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[token] = &session{user: user} // want ML105:"sessions"
	if err := known(user); err != nil {
		delete(s.sessions, token)
		return err
	}
	if err := allowed(user); err != nil {
		return err
	}
	return nil
}

func (s *server) logout(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, token)
}

func known(user string) error {
	if user == "" {
		return errUnknown
	}
	return nil
}

func allowed(user string) error {
	if user == "mallory" {
		return errLocked
	}
	return nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := r.RemoteAddr
	if err := s.login(token, r.FormValue("user")); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	defer s.logout(token)
	fmt.Fprintln(w, "welcome")
}

func main() {
	s := &server{sessions: map[string]*session{}}
	probe.Requests(s, func(i int) *http.Request { return probe.Get(i, "/login?user=mallory") })
}
