// Package main is a page cache that makes room before it stores a page.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

const maxPages = 500

var (
	pagesMu sync.Mutex
	pages   = make(map[string]string)
)

func page(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	pagesMu.Lock()
	defer pagesMu.Unlock()
	body, ok := pages[path]
	if !ok {
		body = render(path)
		if len(pages) == maxPages {
			dropOne()
		}
		pages[path] = body
	}
	w.Write([]byte(body))
}

// dropOne makes room for one page; callers hold pagesMu.
func dropOne() {
	for path := range pages {
		delete(pages, path)
		return
	}
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
