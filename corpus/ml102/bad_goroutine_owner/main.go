// Package main is a delivery worker with a goroutine and a map of its own.
// An acknowledged delivery is counted and stays.
//
// run: heap grows
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type delivery struct {
	id    string
	acked bool
	body  []byte
}

type worker struct {
	in       chan delivery
	unacked  map[string][]byte // want ML102:"unacked"
	acked    int
	repeated int
}

func startWorker() *worker {
	w := &worker{in: make(chan delivery), unacked: map[string][]byte{}}
	go w.loop()
	return w
}

func (w *worker) loop() {
	for {
		select {
		case d := <-w.in:
			w.take(d)
		}
	}
}

func (w *worker) take(d delivery) {
	_, sent := w.unacked[d.id]
	switch {
	case d.acked && sent:
		w.acked++
	case sent:
		w.repeated++
	case !d.acked:
		w.unacked[d.id] = d.body
	}
}

func main() {
	w := startWorker()
	probe.Messages(w.in, func(i int) delivery {
		return delivery{id: strconv.Itoa(i / 2), acked: i%2 == 1, body: []byte("parcel")}
	})
}
