// A server that looks names up in a source: the lengths of names, and not the table that main alone uses.
//
// run: ok
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"example.com/corpus/probe"
)

type source interface{ get(name string) int }

type table struct{ lookUps map[string]int }

func (t *table) get(name string) int {
	delete(t.lookUps, "first")
	t.lookUps[name] = 1
	return len(t.lookUps)
}

type lengths struct{}

func (lengths) get(name string) int { return len(name) }

type server struct{ from source }

func (s *server) page(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, s.from.get("name"))
}

func main() {
	names := &table{lookUps: map[string]int{"first": 1}}
	fmt.Println(names.get("name"), lengths{}.get("name"))
	s := &server{from: lengths{}}
	http.HandleFunc("/", s.page)
	ask := func() {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), request)
	}
	probe.AtOnce(ask, ask)
}
