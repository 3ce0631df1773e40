// A channel with a mutex for each of two maps; its statistics take each for its own map.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type channel struct {
	inFlightMu sync.Mutex
	inFlight   map[int]string
	deferredMu sync.Mutex
	deferred   map[int]string
}

func (c *channel) send(id int, consumer string) {
	c.inFlightMu.Lock()
	c.inFlight[id] = consumer
	c.inFlightMu.Unlock()
}

func (c *channel) requeue(id int) {
	c.inFlightMu.Lock()
	consumer := c.inFlight[id]
	delete(c.inFlight, id)
	c.inFlightMu.Unlock()
	c.deferredMu.Lock()
	c.deferred[id] = consumer
	c.deferredMu.Unlock()
}

func (c *channel) resume(id int) {
	c.deferredMu.Lock()
	delete(c.deferred, id)
	c.deferredMu.Unlock()
}

func (c *channel) stats() (inFlight, deferred int) {
	c.inFlightMu.Lock()
	inFlight = len(c.inFlight)
	c.inFlightMu.Unlock()
	c.deferredMu.Lock()
	deferred = len(c.deferred)
	c.deferredMu.Unlock()
	return inFlight, deferred
}

func main() {
	c := &channel{inFlight: map[int]string{}, deferred: map[int]string{}}
	probe.AtOnce(
		func() { c.send(1, "worker-1") },
		func() { c.requeue(1) },
		func() { c.resume(1) },
		func() { c.stats() },
	)
}
