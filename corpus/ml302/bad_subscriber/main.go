// Package main bills phone calls from the events of a bus.
// The subscriber keeps the beginning of each call after its end.
//
// run: heap grows
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type event struct {
	topic string
	call  string
	at    int
}

type bus struct {
	events      chan event
	subscribers map[string][]func(event)
}

func newBus() *bus {
	return &bus{events: make(chan event), subscribers: map[string][]func(event){}}
}

func (b *bus) subscribe(topic string, f func(event)) {
	b.subscribers[topic] = append(b.subscribers[topic], f)
}

func (b *bus) run() {
	for e := range b.events {
		for _, f := range b.subscribers[e.topic] {
			f(e)
		}
	}
}

func bill(b *bus) {
	begun := make(map[string]int)
	minutes := 0
	b.subscribe("begin", func(e event) { // want ML302:"begun"
		begun[e.call] = e.at
	})
	b.subscribe("end", func(e event) {
		if at, ok := begun[e.call]; ok {
			minutes += (e.at - at + 59) / 60
		}
	})
}

func main() {
	b := newBus()
	bill(b)
	go b.run()
	probe.Messages(b.events, func(i int) event {
		topic := [...]string{"begin", "end"}[i%2]
		return event{topic: topic, call: "call-" + strconv.Itoa(i/2), at: i}
	})
}
