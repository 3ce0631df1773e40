// Package main is a paste bin whose handlers share a local map.
// The handler that takes a paste down says so, and keeps it.
//
// run: heap grows
package main

import (
	"io"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

func routes() *http.ServeMux {
	var mu sync.Mutex
	pastes := map[string]string{}
	mux := http.NewServeMux()
	mux.HandleFunc("/put/{id}", func(w http.ResponseWriter, r *http.Request) { // want ML302:"pastes"
		mu.Lock()
		defer mu.Unlock()
		pastes[r.PathValue("id")] = r.FormValue("text")
	})
	mux.HandleFunc("/drop/{id}", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		text, ok := pastes[r.PathValue("id")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, "this was: "+text)
	})
	return mux
}

func main() {
	probe.Requests(routes(), func(i int) *http.Request {
		action := [...]string{"put", "drop"}[i%2]
		return probe.Get(i, "/"+action+"/"+strconv.Itoa(i/2)+"?text=hello")
	})
}
