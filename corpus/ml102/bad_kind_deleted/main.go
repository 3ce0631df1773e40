// Package main is a message broker. Its catalogue forgets a topic that is deleted,
// the reader that keeps the schema of each topic does not hear of it.
//
// run: heap grows
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type request struct {
	topic  string
	delete bool
}

type catalogue struct {
	mu     sync.Mutex
	topics map[string]bool
}

func (c *catalogue) create(topic string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.topics[topic] = true
}

func (c *catalogue) remove(topic string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.topics, topic)
}

type schemas struct {
	mu      sync.Mutex
	byTopic map[string][]byte // want ML102:"byTopic.*topics"
}

func (s *schemas) of(topic string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if schema, ok := s.byTopic[topic]; ok {
		return schema
	}
	s.byTopic[topic] = []byte(topic)
	return s.byTopic[topic]
}

func main() {
	topics := &catalogue{topics: make(map[string]bool)}
	known := &schemas{byTopic: make(map[string][]byte)}
	requests := make(chan request)
	go func() {
		for r := range requests {
			if r.delete {
				topics.remove(r.topic)
				continue
			}
			topics.create(r.topic)
			known.of(r.topic)
		}
	}()
	probe.Messages(requests, func(i int) request {
		return request{topic: "orders-" + strconv.Itoa(i/2), delete: i%2 == 1}
	})
}
