// Package main is a session bookkeeper that reads login events from a queue.
// The registry sits behind a function, and sign-outs delete through it.
//
// run: heap steady
package main

import (
	"log"
	"strconv"
	"time"

	"example.com/corpus/probe"
)

type event struct {
	kind  string
	token string
	at    time.Time
}

var loginTimes = map[string]time.Time{}

func logins() map[string]time.Time { return loginTimes }

func keepBooks(events <-chan event) {
	for e := range events {
		switch e.kind {
		case "login":
			logins()[e.token] = e.at
		case "logout":
			if since := logins()[e.token]; e.at.Sub(since) > 24*time.Hour {
				log.Printf("session %s was open for a day", e.token)
			}
			delete(logins(), e.token)
		}
	}
}

func main() {
	events := make(chan event)
	go keepBooks(events)
	probe.Messages(events, func(i int) event {
		kind := [...]string{"login", "logout"}[i%2]
		return event{kind: kind, token: strconv.Itoa(i / 2), at: time.Now()}
	})
}
