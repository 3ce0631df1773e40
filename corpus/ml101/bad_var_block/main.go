// Package main is a page cache with a size it only logs.
//
// run: heap grows
package main

import (
	"log"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

const maxPages = 500

var (
	pagesMu sync.Mutex
	pages   = make(map[string]string) // want ML101:"pages"
)

func page(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	pagesMu.Lock()
	defer pagesMu.Unlock()
	body, ok := pages[path]
	if !ok {
		body = render(path)
		if len(pages) == maxPages {
			log.Printf("page cache holds %d pages", len(pages))
		}
		pages[path] = body
	}
	w.Write([]byte(body))
}

func render(path string) string {
	return "<h1>" + strings.ToUpper(path) + "</h1>"
}

func main() {
	http.HandleFunc("/", page)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/articles/"+strconv.Itoa(i))
	})
}
