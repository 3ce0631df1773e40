// Package main names country codes from a table that is filled once.
//
// run: heap steady
package main

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

const source = "at Austria\nch Switzerland\nde Germany\nfr France"

var (
	once      sync.Once
	mu        sync.Mutex
	countries = map[string]string{}
)

func name(code string) string {
	once.Do(load)
	mu.Lock()
	defer mu.Unlock()
	return countries[code]
}

func load() {
	mu.Lock()
	defer mu.Unlock()
	for _, line := range strings.Split(source, "\n") {
		code, name, _ := strings.Cut(line, " ")
		countries[code] = name
	}
}

func country(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, name(r.URL.Query().Get("code")))
}

func main() {
	http.HandleFunc("GET /country", country)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/country?code=country-"+strconv.Itoa(i))
	})
}
