// Package main counts requests by path, as the client wrote it.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

var metrics = struct {
	sync.Mutex
	requests map[string]uint64 // want ML101:"requests"
}{requests: make(map[string]uint64)}

func counted(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		label := r.URL.Path
		metrics.Lock()
		metrics.requests[label]++
		metrics.Unlock()
		next(w, r)
	}
}

func serveMetrics(w http.ResponseWriter, r *http.Request) {
	metrics.Lock()
	defer metrics.Unlock()
	for label, n := range metrics.requests {
		fmt.Fprintf(w, "requests{label=%q} %d\n", label, n)
	}
}

func main() {
	http.HandleFunc("/metrics", serveMetrics)
	http.HandleFunc("/", counted(http.NotFound))
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/no-such-page/"+strconv.Itoa(i))
	})
}
