// Package main names country codes and remembers every code it was ever asked for.
//
// run: heap grows
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
	mu        sync.Mutex
	countries = map[string]string{} // want ML101:"countries"
)

func name(code string) string {
	mu.Lock()
	defer mu.Unlock()
	if name, ok := countries[code]; ok {
		return name
	}
	countries[code] = find(code)
	return countries[code]
}

func find(code string) string {
	for _, line := range strings.Split(source, "\n") {
		if name, ok := strings.CutPrefix(line, code+" "); ok {
			return name
		}
	}
	return "unknown"
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
