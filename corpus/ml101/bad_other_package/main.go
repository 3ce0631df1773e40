// Package main is a blob server over the variable of another package.
// Taking a blob back marks it as gone to the caller and keeps its bytes.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"

	"example.com/corpus/ml101/bad_other_package/store"
	"example.com/corpus/probe"
)

func put(w http.ResponseWriter, r *http.Request) {
	store.Mu.Lock()
	store.Blobs[r.PathValue("name")] = []byte(r.FormValue("body"))
	store.Mu.Unlock()
	w.WriteHeader(http.StatusCreated)
}

func take(w http.ResponseWriter, r *http.Request) {
	store.Mu.Lock()
	defer store.Mu.Unlock()
	blob, ok := store.Blobs[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Write(blob)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/put/{name}", put)
	mux.HandleFunc("/take/{name}", take)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"put", "take"}[i%2]
		return probe.Get(i, "/"+action+"/"+strconv.Itoa(i/2)+"?body=0123456789abcdef")
	})
}
