// A link to a peer sends its greeting while it is made, before the hub goes on with it.
//
// run: ok
package main

import (
	"example.com/corpus/probe"
)

type Link struct {
	sent map[int]string
}

func NewLink() *Link {
	l := &Link{sent: map[int]string{}}
	l.greet()
	return l
}

func (l *Link) greet() {
	l.send(1, "hello")
}

func (l *Link) send(number int, text string) {
	l.sent[number] = text
}

func (l *Link) acknowledge(number int) {
	delete(l.sent, number)
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
