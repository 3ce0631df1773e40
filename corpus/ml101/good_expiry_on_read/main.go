// Package main is a DNS cache that a goroutine sweeps.
//
// run: heap steady
package main

import (
	"fmt"
	"sync"
	"time"

	"example.com/corpus/probe"
)

const ttl = 3 * time.Millisecond

type answer struct {
	addr    string
	expires int64 // Unix time in nanoseconds
}

var (
	answersMu sync.Mutex
	answers   = make(map[string]answer)
)

func lookup(domain string) string {
	answersMu.Lock()
	defer answersMu.Unlock()
	if a, ok := answers[domain]; ok && time.Now().UnixNano() < a.expires {
		return a.addr
	}
	a := answer{addr: resolve(domain), expires: time.Now().Add(ttl).UnixNano()}
	answers[domain] = a
	return a.addr
}

func sweep(every time.Duration) {
	for now := range time.Tick(every) {
		answersMu.Lock()
		for domain, a := range answers {
			if a.expires < now.UnixNano() {
				delete(answers, domain)
			}
		}
		answersMu.Unlock()
	}
}

func resolve(domain string) string {
	return fmt.Sprintf("192.0.2.%d", len(domain))
}

func serve(queries <-chan string, replies chan<- string) {
	for domain := range queries {
		replies <- lookup(domain)
	}
}

func main() {
	queries, replies := make(chan string), make(chan string, 1)
	for range 2 {
		go serve(queries, replies)
	}
	go func() {
		for range replies {
		}
	}()
	go sweep(ttl)
	probe.Messages(queries, func(i int) string { return fmt.Sprintf("host-%d.example.org", i) })
}
