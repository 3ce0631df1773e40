// A gateway that gives each request a map of its own for its variables.
//
// run: ok
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
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	vars := map[string]string{}
	vars["path"] = r.URL.Path
	vars["agent"] = r.UserAgent()
	fmt.Fprintf(w, g.template, vars["path"], vars["agent"])
}

func main() {
	g := &gateway{template: "%s asked by %s\n"}
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
