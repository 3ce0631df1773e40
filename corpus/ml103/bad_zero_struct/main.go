// Package main hands out leases for names.
// Giving one back writes an empty lease.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type lease struct {
	holder string
	until  time.Time
}

type leases struct {
	mu     sync.Mutex
	byName map[string]lease
}

func (l *leases) take(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byName[name].until.After(time.Now()) {
		w.WriteHeader(http.StatusConflict)
		return
	}
	l.byName[name] = lease{holder: r.FormValue("holder"), until: time.Now().Add(time.Minute)}
}

func (l *leases) giveBack(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byName[name].holder != r.FormValue("holder") {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	l.byName[name] = lease{} // want ML103:"byName"
}

func main() {
	l := &leases{byName: map[string]lease{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/take/{name}", l.take)
	mux.HandleFunc("/give/{name}", l.giveBack)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"take", "give"}[i%2]
		return probe.Get(i, "/"+action+"/"+strconv.Itoa(i/2)+"?holder=ann")
	})
}
