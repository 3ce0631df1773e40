// Package main is a presence service for two fixed regions.
// The users under a region stay when they go offline.
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

var onlineMu sync.RWMutex

var online = map[string]map[string]time.Time{ // want ML101:"online"
	"eu": {},
	"us": {},
}

func presence(w http.ResponseWriter, r *http.Request) {
	region, user := r.PathValue("region"), r.FormValue("user")
	if region != "eu" && region != "us" {
		http.NotFound(w, r)
		return
	}
	onlineMu.Lock()
	defer onlineMu.Unlock()
	if r.FormValue("state") == "offline" {
		w.Header().Set("Last-Seen", online[region][user].Format(time.RFC3339))
		return
	}
	online[region][user] = time.Now()
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/presence/{region}", presence)
	probe.Requests(mux, func(i int) *http.Request {
		region := [...]string{"eu", "us"}[i/2%2]
		state := [...]string{"online", "offline"}[i%2]
		return probe.Get(i, "/presence/"+region+"?state="+state+"&user="+strconv.Itoa(i/2))
	})
}
