// Package main is a server that keeps a prepared answer for each plan of its customers.
// The key is a pointer to a plan that each request makes anew, so that no answer is met again.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

type plan struct {
	seats uint8
}

type desk struct {
	answers sync.Map // want ML104:"answers"
}

func (d *desk) answer(p any) string {
	if found, ok := d.answers.Load(p); ok {
		return found.(string)
	}
	made := fmt.Sprintf("a plan such as %v", p)
	d.answers.Store(p, made)
	return made
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := &plan{seats: uint8(len(r.RemoteAddr))}
	fmt.Fprintln(w, d.answer(p))
}

func main() {
	probe.Requests(&desk{}, func(i int) *http.Request { return probe.Get(i, "/") })
}
