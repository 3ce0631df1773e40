// Package main lets one client at a time write a file.
// Each path has an entry while somebody writes it.
//
// run: heap steady
package main

import (
	"io"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

var writing sync.Map

func write(w http.ResponseWriter, r *http.Request) {
	path := r.PathValue("path")
	if _, busy := writing.LoadOrStore(path, struct{}{}); busy {
		w.WriteHeader(http.StatusConflict)
		return
	}
	defer writing.Delete(path)
	io.Copy(io.Discard, r.Body)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/files/{path}", write)
	probe.Requests(mux, func(i int) *http.Request {
		return probe.Get(i, "/files/"+strconv.Itoa(i))
	})
}
