// Package main counts requests by class of method, of which there are three.
//
// run: heap steady
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
	requests map[string]uint64
}{requests: make(map[string]uint64)}

func counted(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		label := class(r.Method)
		metrics.Lock()
		metrics.requests[label]++
		metrics.Unlock()
		next(w, r)
	}
}

func class(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead:
		return "read"
	case http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return "write"
	}
	return "other"
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
