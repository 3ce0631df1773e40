// Package main is an RPC client that matches replies to calls by number.
// The reply's channel is looked up and left there.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type reply struct {
	call uint64
	body string
}

type client struct {
	mu      sync.Mutex
	last    uint64
	pending map[uint64]chan reply // want ML102:"pending"
	wire    chan uint64
}

func dial() *client {
	c := &client{pending: make(map[uint64]chan reply), wire: make(chan uint64)}
	go c.receive()
	return c
}

func (c *client) call() reply {
	done := make(chan reply, 1)
	c.mu.Lock()
	c.last++
	id := c.last
	c.pending[id] = done
	c.mu.Unlock()
	c.wire <- id
	return <-done
}

func (c *client) receive() {
	for id := range c.wire {
		c.mu.Lock()
		done := c.pending[id]
		c.mu.Unlock()
		done <- reply{call: id, body: "reply " + strconv.FormatUint(id, 10)}
	}
}

func (c *client) forward(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(c.call().body))
}

func main() {
	c := dial()
	http.HandleFunc("/", c.forward)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/")
	})
}
