// A service that answers each request for its settings with a copy, in which the limits are the same.
//
// run: race
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
	return copied
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	settings := s.Settings()
	delete(settings.limits.perUser, r.RemoteAddr) // want ML401:"perUser"
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
