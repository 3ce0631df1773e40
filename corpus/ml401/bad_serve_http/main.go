// A gateway that keeps the variables of a request in a map that all requests share.
//
// run: race
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"example.com/corpus/probe"
)

type gateway struct {
	template string
	vars     map[string]string
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.vars["path"] = r.URL.Path // want ML401:"vars"
	g.vars["agent"] = r.UserAgent()
	fmt.Fprintf(w, g.template, g.vars["path"], g.vars["agent"])
}

func main() {
	g := &gateway{template: "%s asked by %s\n", vars: map[string]string{}}
	server := httptest.NewServer(g)
	defer server.Close()
	get := func() {
		answer, err := http.Get(server.URL + "/status")
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	probe.AtOnce(get, get, get)
}
