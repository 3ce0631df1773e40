// Package main encodes events, with encoders from a pool.
// A method resets an encoder with its table of names.
//
// run: heap steady
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type encoder struct {
	out   []byte
	names map[string]int
}

var encoders = sync.Pool{New: func() any { return &encoder{names: make(map[string]int)} }}

func (e *encoder) name(text string) int {
	at, known := e.names[text]
	if !known {
		at = len(e.names)
		e.names[text] = at
	}
	return at
}

func (e *encoder) reset() {
	e.out = e.out[:0]
	e.names = make(map[string]int)
}

type event struct {
	source string
}

func encode(events <-chan event) {
	for {
		e := encoders.Get().(*encoder)
		next, ok := <-events
		if !ok {
			return
		}
		e.out = strconv.AppendInt(e.out, int64(e.name(next.source)), 10)
		e.reset()
		encoders.Put(e)
	}
}

func main() {
	events := make(chan event)
	go encode(events)
	probe.Messages(events, func(i int) event { return event{source: probe.Address(i)} })
}
