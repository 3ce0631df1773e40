// A broker with a mutex for each of its two maps; Part drops a peer under the mutex of the topics.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type broker struct {
	topicsMu sync.Mutex
	topics   map[string]int // subscribers of a topic

	peersMu sync.Mutex
	peers   map[string]string // address of a peer
}

func (b *broker) Subscribe(topic string) {
	b.topicsMu.Lock()
	defer b.topicsMu.Unlock()
	b.topics[topic]++
}

func (b *broker) Retire(topic string) {
	b.topicsMu.Lock()
	defer b.topicsMu.Unlock()
	delete(b.topics, topic)
}

func (b *broker) Join(peer, address string) {
	b.peersMu.Lock()
	defer b.peersMu.Unlock()
	b.peers[peer] = address
}

func (b *broker) Address(peer string) string {
	b.peersMu.Lock()
	defer b.peersMu.Unlock()
	return b.peers[peer]
}

func (b *broker) Part(peer string) {
	b.topicsMu.Lock()
	defer b.topicsMu.Unlock()
	delete(b.peers, peer) // want ML402:"peers"
}

func main() {
	b := &broker{topics: map[string]int{}, peers: map[string]string{}}
	probe.AtOnce(
		func() { b.Join("east", "10.0.0.7:1883") },
		func() { b.Part("west") },
		func() { b.Address("east") },
		func() {
			b.Subscribe("weather")
			b.Retire("weather")
		},
	)
}
