// A client with a finder of peers, which begins with an empty table, once for each client.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type finder struct {
	mu    sync.Mutex
	peers map[string]int
}

func (f *finder) listen(c *Client) {
	f.peers = map[string]int{}
	go f.receive(c)
}

func (f *finder) receive(c *Client) {
	for name := range c.heard {
		f.mu.Lock()
		f.peers[name]++
		f.mu.Unlock()
	}
}

func (f *finder) known() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.peers)
}

func (f *finder) forget(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.peers, name)
}

type Client struct {
	finder *finder
	heard  chan string
}

func NewClient() *Client {
	c := &Client{heard: make(chan string)}
	go c.hear("a", "b")
	c.finder = &finder{}
	c.finder.listen(c)
	return c
}

func (c *Client) hear(names ...string) {
	for _, name := range names {
		c.heard <- name
	}
}

func main() {
	c := NewClient()
	probe.AtOnce(
		func() { c.finder.known() },
		func() { c.finder.forget("a") },
		func() { c.finder.known() },
	)
}
