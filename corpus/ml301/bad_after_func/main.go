// Package main merges uploads and asks for feedback a day later.
// The timer keeps the upload to say how many files it had.
//
// run: heap grows
package main

import (
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"

	"example.com/corpus/probe"
)

func upload(w http.ResponseWriter, r *http.Request) {
	files := unpack(r.FormValue("archive"))
	w.Header().Set("Size", strconv.Itoa(total(files)))
	remind(r.FormValue("user"), files)
}

func remind(user string, files map[string][]byte) {
	time.AfterFunc(24*time.Hour, func() { // want ML301:"files"
		if len(files) > 0 {
			log.Printf("%s, how do your %d files look?", user, len(files))
		}
	})
}

func unpack(archive string) map[string][]byte {
	files := make(map[string][]byte)
	for i := range 400 {
		files["img-"+strconv.Itoa(i)] = []byte(archive)
	}
	return files
}

func total(files map[string][]byte) int {
	bytes := 0
	for _, content := range files {
		bytes += len(content)
	}
	return bytes
}

func main() {
	http.HandleFunc("/upload", upload)
	probe.Reloads(func(i int) {
		http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), probe.Get(i, "/upload?user=ann&archive="+strconv.Itoa(i)))
	})
}
