// Package main is a webhook hub with a table of encoders.
// A request registers another encoder under whatever name it brings.
//
// run: heap grows
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type encoder func(v any) ([]byte, error)

var (
	encodersMu sync.RWMutex
	encoders   = map[string]encoder{} // want ML101:"encoders"
)

func register(name string, e encoder) {
	encodersMu.Lock()
	defer encodersMu.Unlock()
	encoders[name] = e
}

func init() {
	register("json", json.Marshal)
	register("text", func(v any) ([]byte, error) { return fmt.Append(nil, v), nil })
}

func hook(w http.ResponseWriter, r *http.Request) {
	format := r.FormValue("format")
	if r.FormValue("indent") != "" {
		register(format, indented)
	}
	encodersMu.RLock()
	encode, ok := encoders[format]
	encodersMu.RUnlock()
	if !ok {
		http.Error(w, "unknown format", http.StatusNotAcceptable)
		return
	}
	if out, err := encode(r.URL.Path); err == nil {
		w.Write(out)
	}
}

func indented(v any) ([]byte, error) { return json.MarshalIndent(v, "", "  ") }

func main() {
	http.HandleFunc("/hook", hook)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/hook?indent=yes&format=custom-format-"+strconv.Itoa(i))
	})
}
