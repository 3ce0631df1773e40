// Package main locks accounts after three wrong passwords.
// A right one deletes the count.
//
// run: heap steady
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
	delete(d.wrong, user)
}

func main() {
	probe.Requests(&doorkeeper{wrong: map[string]int{}}, func(i int) *http.Request {
		password := [...]string{"guess", "sesame"}[i%2]
		return probe.Get(i, "/?password="+password+"&user=user-"+strconv.Itoa(i/2))
	})
}
