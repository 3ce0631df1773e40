// A package that hooks its debug page in when it is initialised, beside the goroutine that collects what it shows.
//
// Both hold a lock.
//
// run: ok
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

var (
	mu     sync.Mutex
	gauges = map[string]int{"load": 0, "heap": 0}
)

func init() {
	http.HandleFunc("/debug/gauges", page)
	go collect()
}

var rounds = make(chan int)

func collect() {
	for n := range rounds {
		mu.Lock()
		gauges["load"] = n
		mu.Unlock()
	}
}

func page(w http.ResponseWriter, r *http.Request) {
	mu.Lock()
	defer mu.Unlock()
	fmt.Fprintln(w, gauges["load"], gauges["heap"])
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
