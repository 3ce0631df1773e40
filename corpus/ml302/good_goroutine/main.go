// Package main aggregates the events of sessions in a goroutine.
// The end of a session takes its count along.
//
// run: heap steady
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type event struct {
	session string
	last    bool
}

type total struct {
	session string
	events  int
}

func aggregate(events <-chan event) <-chan total {
	totals := make(chan total)
	counts := map[string]int{}
	go func() {
		defer close(totals)
		for e := range events {
			counts[e.session]++
			if e.last {
				totals <- total{e.session, counts[e.session]}
				delete(counts, e.session)
			}
		}
	}()
	return totals
}

func main() {
	events := make(chan event)
	totals := aggregate(events)
	go func() {
		for range totals {
		}
	}()
	probe.Messages(events, func(i int) event {
		return event{session: "session-" + strconv.Itoa(i/2), last: i%2 == 1}
	})
}
