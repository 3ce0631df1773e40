// Package main is a device gateway; the table of devices stands in devices.go.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"

	"example.com/corpus/probe"
)

func attach(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	devicesMu.Lock()
	devices[id] = device{firmware: r.FormValue("fw"), addr: r.RemoteAddr}
	devicesMu.Unlock()
	w.WriteHeader(http.StatusCreated)
}

func detach(w http.ResponseWriter, r *http.Request) {
	forget(r.PathValue("id"))
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/devices/{id}/attach", attach)
	mux.HandleFunc("/devices/{id}/detach", detach)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"attach", "detach"}[i%2]
		return probe.Get(i, "/devices/"+strconv.Itoa(i/2)+"/"+action+"?fw=1.2")
	})
}
