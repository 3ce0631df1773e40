// Package main is a server that notes which uploads are under way.
// The removal is deferred before a step that may fail.
//
// run: heap steady
package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

type uploads struct {
	mu    sync.Mutex
	under map[string]int64
}

var errSize = errors.New("an upload needs a length")

func (u *uploads) take(r *http.Request) (int64, error) {
	name := r.RemoteAddr
	u.mu.Lock()
	u.under[name] = r.ContentLength
	u.mu.Unlock()
	defer func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		delete(u.under, name)
	}()
	size, err := check(r)
	if err != nil {
		return 0, err
	}
	return size, nil
}

func check(r *http.Request) (int64, error) {
	if r.ContentLength <= 0 {
		return 0, errSize
	}
	return r.ContentLength, nil
}

func (u *uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	size, err := u.take(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusLengthRequired)
		return
	}
	fmt.Fprintln(w, size)
}

func main() {
	u := &uploads{under: map[string]int64{}}
	probe.Requests(u, func(i int) *http.Request { return probe.Get(i, "/upload") })
}
