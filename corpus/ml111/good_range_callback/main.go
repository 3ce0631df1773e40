// Package main pairs listeners with what they listen to.
// Ranging over the listeners removes from both maps.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"

	"example.com/corpus/probe"
)

type listener struct {
	done atomic.Bool
}

type radio struct {
	listeners sync.Map
	stations  sync.Map
}

func (r *radio) tune(addr, station string) *listener {
	l := &listener{}
	r.listeners.Store(addr, l)
	r.stations.Store(addr, station)
	return l
}

func (r *radio) clean() {
	r.listeners.Range(func(addr, l any) bool {
		if l.(*listener).done.Load() {
			r.listeners.Delete(addr)
			r.stations.Delete(addr)
		}
		return true
	})
}

func (r *radio) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	l := r.tune(req.RemoteAddr, req.URL.Path)
	l.done.Store(true)
	r.clean()
	fmt.Fprintln(w, "over")
}

func main() {
	r := &radio{}
	probe.Requests(r, func(i int) *http.Request { return probe.Get(i, "/jazz") })
}
