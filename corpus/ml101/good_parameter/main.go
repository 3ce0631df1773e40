// Package main is a relay that remembers which messages it has passed on.
// The helper that fills the map gets it as an argument, and so does the one that prunes it.
//
// run: heap steady
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

// window is how many messages later a duplicate can still arrive.
const window = 256

type message struct {
	id   string
	body string
}

var passedOn = map[string]uint64{}

func relay(in <-chan message, out chan<- message) {
	var n uint64
	for m := range in {
		if firstSeen(passedOn, m.id, n) {
			out <- m
		}
		if n%window == 0 {
			forgetBefore(passedOn, n-min(n, window))
		}
		n++
	}
}

// firstSeen notes when a message came, and says whether it came for the first time.
func firstSeen(seen map[string]uint64, id string, n uint64) bool {
	_, again := seen[id]
	seen[id] = n
	return !again
}

// forgetBefore drops the messages that came before the n-th.
func forgetBefore(seen map[string]uint64, n uint64) {
	for id, at := range seen {
		if at < n {
			delete(seen, id)
		}
	}
}

func main() {
	in, out := make(chan message), make(chan message)
	go relay(in, out)
	go func() {
		for range out {
		}
	}()
	probe.Messages(in, func(i int) message {
		return message{id: "m-" + strconv.Itoa(i), body: "hello"}
	})
}
