// Package main books tables at a restaurant, by booking code.
// Cancelling a booking empties the name.
//
// run: heap grows
package main

import (
	"io"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

var (
	bookingsMu sync.RWMutex
	bookings   = map[string]string{}
)

func book(w http.ResponseWriter, r *http.Request) {
	bookingsMu.Lock()
	bookings[r.FormValue("code")] = r.FormValue("guest")
	bookingsMu.Unlock()
}

func cancel(w http.ResponseWriter, r *http.Request) {
	code := r.FormValue("code")
	bookingsMu.Lock()
	guest := bookings[code]
	bookings[code] = "" // want ML103:"bookings"
	bookingsMu.Unlock()
	io.WriteString(w, "see you another time, "+guest)
}

func main() {
	http.HandleFunc("/book", book)
	http.HandleFunc("/cancel", cancel)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		action := [...]string{"book", "cancel"}[i%2]
		return probe.Get(i, "/"+action+"?guest=ann&code=K"+strconv.Itoa(i/2))
	})
}
