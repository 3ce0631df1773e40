// Package main counts visitors by address and prints the count of each minute.
// Each minute starts with an empty set, the old one is handed to the printer.
//
// run: heap steady
package main

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

const minute = 2 * time.Millisecond

var (
	visitorsMu sync.Mutex
	visitors   = map[string]struct{}{}
)

func visit(w http.ResponseWriter, r *http.Request) {
	visitorsMu.Lock()
	visitors[r.RemoteAddr] = struct{}{}
	visitorsMu.Unlock()
	w.WriteHeader(http.StatusOK)
}

func printVisitors(out io.Writer) {
	ticker := time.NewTicker(minute)
	defer ticker.Stop()
	for range ticker.C {
		visitorsMu.Lock()
		old := visitors
		visitors = make(map[string]struct{})
		visitorsMu.Unlock()
		fmt.Fprintln(out, len(old), "visitors")
	}
}

func main() {
	http.HandleFunc("/", visit)
	go printVisitors(io.Discard)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/")
	})
}
