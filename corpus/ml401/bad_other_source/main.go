// A server that looks names up in a source: the table, which counts look-ups without a lock.
//
// run: race
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
	delete(t.lookUps, "first") // want ML401:"lookUps"
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
	s := &server{from: names}
	http.HandleFunc("/", s.page)
	ask := func() {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), request)
	}
	probe.AtOnce(ask, ask)
}
