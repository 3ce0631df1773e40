// Package main is a download service with one-time links.
// A link that was used is deleted.
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

var links sync.Map

func offer(w http.ResponseWriter, r *http.Request) {
	links.Store(r.FormValue("token"), r.FormValue("file"))
	w.WriteHeader(http.StatusCreated)
}

func download(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	file, ok := links.Load(token)
	if !ok {
		http.NotFound(w, r)
		return
	}
	links.Delete(token)
	io.WriteString(w, file.(string))
}

func main() {
	http.HandleFunc("/offer", offer)
	http.HandleFunc("/download", download)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		action := [...]string{"offer", "download"}[i%2]
		return probe.Get(i, "/"+action+"?file=report.pdf&token="+strconv.Itoa(i/2))
	})
}
