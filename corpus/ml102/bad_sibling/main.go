// Package main is a cluster member table with two maps by node.
// A node that leaves is deleted from one of them.
//
// run: heap grows
package main

import (
	"log"
	"strconv"
	"time"

	"example.com/corpus/probe"
)

type gossip struct {
	node string
	left bool
}

type cluster struct {
	members  map[string]bool
	lastSeen map[string]time.Time // want ML102:"lastSeen"
	news     chan gossip
}

func newCluster() *cluster {
	return &cluster{
		members:  make(map[string]bool),
		lastSeen: make(map[string]time.Time),
		news:     make(chan gossip),
	}
}

func (c *cluster) listen() {
	for g := range c.news {
		if g.left {
			c.remove(g.node)
		} else {
			c.members[g.node] = true
			c.lastSeen[g.node] = time.Now()
		}
	}
}

func (c *cluster) remove(node string) {
	if silent := time.Since(c.lastSeen[node]); silent > time.Minute {
		log.Printf("%s left after %s of silence", node, silent)
	}
	delete(c.members, node)
}

func main() {
	c := newCluster()
	go c.listen()
	probe.Messages(c.news, func(i int) gossip {
		return gossip{node: "node-" + strconv.Itoa(i/2), left: i%2 == 1}
	})
}
