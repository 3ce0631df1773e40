// A gateway that gives each request a map of its own for its variables.
//
// run: ok
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
}

// balance asks upstream how much an account holds.
func balance(account string) int {
	time.Sleep(time.Millisecond)
	return len(account)
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	holds := balance(r.FormValue("account"))
	vars := map[string]string{}
	vars["balance"] = fmt.Sprint(holds)
	vars["agent"] = r.UserAgent()
	fmt.Fprintf(w, g.template, vars["agent"], vars["balance"])
}

func main() {
	g := &gateway{template: "%s: you have %s\n"}
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
