// Package main is a broker of topics and their subscribers.
// The last subscriber to leave a topic takes the topic along.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type broker struct {
	mu     sync.Mutex
	topics map[string]map[string]bool
}

func (b *broker) subscribe(topic, client string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.topics[topic] == nil {
		b.topics[topic] = make(map[string]bool)
	}
	b.topics[topic][client] = true
}

func (b *broker) unsubscribe(topic, client string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.topics[topic], client)
	if len(b.topics[topic]) == 0 {
		delete(b.topics, topic)
	}
}

func (b *broker) poll(w http.ResponseWriter, r *http.Request) {
	topic := r.PathValue("topic")
	b.subscribe(topic, r.RemoteAddr)
	defer b.unsubscribe(topic, r.RemoteAddr)
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	b := &broker{topics: make(map[string]map[string]bool)}
	mux := http.NewServeMux()
	mux.HandleFunc("/topics/{topic}", b.poll)
	probe.Requests(mux, func(i int) *http.Request {
		return probe.Get(i, "/topics/"+strconv.Itoa(i))
	})
}
