// A service that answers each request for its settings with a copy, all the way down to the limits.
//
// run: ok
package main

import (
	"io"
	"net/http"
	"net/http/httptest"

	"example.com/corpus/probe"
)

type Limits struct {
	perUser map[string]int
}

func (l *Limits) Clone() *Limits {
	next := make(map[string]int, len(l.perUser))
	for user, limit := range l.perUser {
		next[user] = limit
	}
	copied := *l
	copied.perUser = next
	return &copied
}

type Settings struct {
	name   string
	limits Limits
}

func (s *Settings) Clone() *Settings {
	copied := *s
	return &copied
}

type Server struct {
	settings *Settings
}

func (s *Server) Settings() *Settings {
	copied := s.settings.Clone()
	copied.limits = *s.settings.limits.Clone()
	return copied
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	settings := s.Settings()
	delete(settings.limits.perUser, r.RemoteAddr)
	io.WriteString(w, settings.name)
}

func main() {
	s := &Server{settings: &Settings{limits: Limits{perUser: map[string]int{"ann": 1}}}}
	server := httptest.NewServer(s)
	defer server.Close()
	get := func() {
		answer, err := http.Get(server.URL)
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	probe.AtOnce(get, get, get)
}
