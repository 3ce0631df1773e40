// Package main lets one client at a time write a file.
// Each path gets a flag that stays for ever.
//
// run: heap grows
package main

import (
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"

	"example.com/corpus/probe"
)

var writing sync.Map // want ML201:"writing"

func write(w http.ResponseWriter, r *http.Request) {
	path := r.PathValue("path")
	flag, _ := writing.LoadOrStore(path, new(atomic.Bool))
	busy := flag.(*atomic.Bool)
	if !busy.CompareAndSwap(false, true) {
		w.WriteHeader(http.StatusConflict)
		return
	}
	defer busy.Store(false)
	io.Copy(io.Discard, r.Body)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/files/{path}", write)
	probe.Requests(mux, func(i int) *http.Request {
		return probe.Get(i, "/files/"+strconv.Itoa(i))
	})
}
