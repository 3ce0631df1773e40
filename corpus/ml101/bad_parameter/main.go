// Package main is a relay that remembers which messages it has passed on.
// The helper that fills the map gets it as an argument; nobody prunes it.
//
// run: heap grows
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type message struct {
	id   string
	body string
}

var passedOn = map[string]uint64{} // want ML101:"passedOn"

func relay(in <-chan message, out chan<- message) {
	var n uint64
	for m := range in {
		if firstSeen(passedOn, m.id, n) {
			out <- m
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
