// Package main locks accounts after three wrong passwords.
// A right one sets the count to zero.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

const allowed = 3

type doorkeeper struct {
	sync.Mutex
	wrong map[string]int
}

func (d *doorkeeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	d.Lock()
	defer d.Unlock()
	if d.wrong[user] >= allowed {
		w.WriteHeader(http.StatusLocked)
		return
	}
	if r.FormValue("password") != "sesame" {
		d.wrong[user]++
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	d.wrong[user] = 0 // want ML103:"wrong"
}

func main() {
	probe.Requests(&doorkeeper{wrong: map[string]int{}}, func(i int) *http.Request {
		password := [...]string{"guess", "sesame"}[i%2]
		return probe.Get(i, "/?password="+password+"&user=user-"+strconv.Itoa(i/2))
	})
}
