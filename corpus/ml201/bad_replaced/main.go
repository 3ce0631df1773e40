// Package main drops messages that it has seen in the current epoch.
// The set of an epoch goes on into the next one.
//
// run: heap grows
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type message struct {
	id    string
	epoch int
}

type filter struct {
	mu    sync.RWMutex
	epoch int
	seen  *sync.Map // want ML201:"seen"
	fresh chan message
}

func (f *filter) read(in <-chan message) {
	for m := range in {
		f.turn(m.epoch)
		f.mu.RLock()
		_, again := f.seen.LoadOrStore(m.id, m.epoch)
		f.mu.RUnlock()
		if !again {
			f.fresh <- m
		}
	}
}

func (f *filter) turn(epoch int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if epoch > f.epoch {
		f.epoch = epoch
	}
}

func (f *filter) deliver() {
	for range f.fresh {
	}
}

func main() {
	f := &filter{seen: new(sync.Map), fresh: make(chan message)}
	in := make(chan message)
	go f.deliver()
	for range 2 {
		go f.read(in)
	}
	probe.Messages(in, func(i int) message {
		return message{id: "message-" + strconv.Itoa(i), epoch: i / 200}
	})
}
