// Package main is an RPC client that waits for the reply to each call.
// A call that cannot be sent is no longer pending.
//
// run: heap steady
package main

import (
	"errors"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type client struct {
	mu      sync.Mutex
	pending map[int]chan string
}

var (
	errSend    = errors.New("cannot send")
	errTimeout = errors.New("no reply in time")
)

func (c *client) call(id int) (string, error) {
	reply := make(chan string, 1)
	c.mu.Lock()
	c.pending[id] = reply
	c.mu.Unlock()
	if err := c.send(id); err != nil {
		c.forget(id)
		return "", err
	}
	select {
	case text := <-reply:
		c.forget(id)
		return text, nil
	case <-time.After(time.Minute):
		c.forget(id)
		return "", errTimeout
	}
}

func (c *client) forget(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pending, id)
}

func (c *client) send(id int) error {
	if id%3 == 0 {
		return errSend
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending[id] <- "pong"
	return nil
}

func main() {
	c := &client{pending: map[int]chan string{}}
	probe.Calls(func(i int) { c.call(i) })
}
