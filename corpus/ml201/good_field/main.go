// Package main is a sign-in server that checks a nonce which it gave out before.
// The check takes the nonce out.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type signIn struct {
	window time.Duration
	nonces sync.Map
}

func (s *signIn) challenge(w http.ResponseWriter, r *http.Request) {
	s.nonces.Store(r.URL.Query().Get("nonce"), time.Now())
}

func (s *signIn) answer(w http.ResponseWriter, r *http.Request) {
	given, ok := s.nonces.LoadAndDelete(r.URL.Query().Get("nonce"))
	if !ok || time.Since(given.(time.Time)) > s.window {
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func main() {
	s := &signIn{window: time.Minute}
	mux := http.NewServeMux()
	mux.HandleFunc("/challenge", s.challenge)
	mux.HandleFunc("/answer", s.answer)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"challenge", "answer"}[i%2]
		return probe.Get(i, "/"+action+"?nonce="+strconv.Itoa(i/2))
	})
}
