// Package main is a login service that keeps sessions in memory.
// Signing out says goodbye and keeps the session.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type session struct {
	user  string
	since time.Time
}

var sessionsMu sync.RWMutex

var sessions = make(map[string]session) // want ML101:"sessions"

func login(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	sessionsMu.Lock()
	sessions[token] = session{user: r.FormValue("user"), since: time.Now()}
	sessionsMu.Unlock()
	fmt.Fprintln(w, "welcome")
}

func logout(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	sessionsMu.RLock()
	s, ok := sessions[token]
	sessionsMu.RUnlock()
	if !ok {
		http.Error(w, "not signed in", http.StatusUnauthorized)
		return
	}
	fmt.Fprintf(w, "goodbye %s after %s\n", s.user, time.Since(s.since))
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/login", login)
	mux.HandleFunc("/logout", logout)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"login", "logout"}[i%2]
		return probe.Get(i, "/"+action+"?user=ann&token="+strconv.Itoa(i/2))
	})
}
