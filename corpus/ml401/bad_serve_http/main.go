// A gateway that keeps the variables of a request in a map that all requests share.
//
// run: race
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/corpus/probe"
)

type gateway struct {
	template string
	vars     map[string]string
}

// balance asks upstream how much an account holds.
func balance(account string) int {
	time.Sleep(time.Millisecond)
	return len(account)
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	holds := balance(r.FormValue("account"))
	g.vars["balance"] = fmt.Sprint(holds) // want ML401:"vars"
	g.vars["agent"] = r.UserAgent()
	fmt.Fprintf(w, g.template, g.vars["agent"], g.vars["balance"])
}

func main() {
	g := &gateway{template: "%s: you have %s\n", vars: map[string]string{}}
	server := httptest.NewServer(g)
	defer server.Close()
	get := func() {
		answer, err := http.Get(server.URL + "/balance?account=ann")
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	probe.AtOnce(get, get, get)
}
