// A broker whose accessor returns a clone that it made under the lock.
//
// run: ok
package main

import (
	"maps"
	"sync"

	"example.com/corpus/probe"
)

type Broker struct {
	mu     sync.RWMutex
	topics map[string]int // topic to subscribers
}

func (b *Broker) Subscribe(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.topics[topic]++
}

func (b *Broker) Retire(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.topics, topic)
}

// Topics returns how many subscribers each topic has.
func (b *Broker) Topics() map[string]int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return maps.Clone(b.topics)
}

func busiest(topics map[string]int) (busiest string) {
	for topic, subscribers := range topics {
		if subscribers > topics[busiest] {
			busiest = topic
		}
	}
	return busiest
}

func main() {
	b := &Broker{topics: map[string]int{}}
	probe.AtOnce(
		func() { b.Subscribe("weather") },
		func() { b.Retire("weather") },
		func() { busiest(b.Topics()) },
	)
}
