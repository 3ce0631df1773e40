// A link to a peer starts a goroutine for its greeting when it is made, and the hub goes on with it at once.
//
// run: race
package main

import (
	"example.com/corpus/probe"
)

type Link struct {
	sent map[int]string
}

func NewLink() *Link {
	l := &Link{sent: map[int]string{}}
	go l.greet()
	return l
}

func (l *Link) greet() {
	l.send(1, "hello")
}

func (l *Link) send(number int, text string) {
	l.sent[number] = text // want ML401:"sent"
}

func (l *Link) acknowledge(number int) {
	delete(l.sent, number) // want ML401:"sent"
}

type Hub struct {
	links [4]*Link
}

func (h *Hub) serve(numbers chan int) {
	for number := range numbers {
		link := h.links[number%len(h.links)]
		if link == nil {
			link = NewLink()
			h.links[number%len(h.links)] = link
		}
		link.acknowledge(number)
	}
}

func main() {
	hub := &Hub{}
	numbers := make(chan int)
	go hub.serve(numbers)
	probe.AtOnce(
		func() { numbers <- 1 },
		func() { numbers <- 2 },
	)
}
