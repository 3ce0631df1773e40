// A package that hooks its debug page in when it is initialised, beside the goroutine that collects what it shows.
//
// run: race
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"example.com/corpus/probe"
)

var gauges = map[string]int{"load": 0, "heap": 0}

func init() {
	http.HandleFunc("/debug/gauges", page)
	go collect()
}

var rounds = make(chan int)

func collect() {
	for n := range rounds {
		gauges["load"] = n // want ML401:"gauges"
	}
}

func page(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, gauges["load"], gauges["heap"]) // want ML401:"gauges"
}

func request() {
	r := httptest.NewRequest(http.MethodGet, "/debug/gauges", nil)
	http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), r)
}

func main() {
	probe.AtOnce(
		func() { rounds <- 1 },
		request,
	)
}
