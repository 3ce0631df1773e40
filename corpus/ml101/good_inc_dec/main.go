// Package main is an upload gate that counts what each client has in flight.
// A client leaves the map when its count is back at zero.
//
// run: heap steady
package main

import (
	"io"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

const maxPerClient = 4

var (
	mu       sync.Mutex
	inFlight = map[string]int{}
)

func upload(w http.ResponseWriter, r *http.Request) {
	if !enter(r.RemoteAddr) {
		http.Error(w, "too many uploads", http.StatusTooManyRequests)
		return
	}
	defer leave(r.RemoteAddr)
	io.Copy(io.Discard, r.Body)
	w.WriteHeader(http.StatusNoContent)
}

func enter(client string) bool {
	mu.Lock()
	defer mu.Unlock()
	if inFlight[client] >= maxPerClient {
		return false
	}
	inFlight[client]++
	return true
}

func leave(client string) {
	mu.Lock()
	defer mu.Unlock()
	inFlight[client]--
	if inFlight[client] == 0 {
		delete(inFlight, client)
	}
}

func main() {
	http.HandleFunc("/upload", upload)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/upload")
	})
}
