// Package main is a notification hub kept in a package variable.
// Leaving the hub deletes the subscriber.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

// Hub knows who wants to be told.
type Hub struct {
	mu          sync.Mutex
	subscribers map[int]string
	next        int
}

// Default is the hub of the process.
var Default = NewHub()

// NewHub returns a hub without subscribers.
func NewHub() *Hub {
	return &Hub{subscribers: map[int]string{}}
}

// Subscribe adds a subscriber and returns its number.
func (h *Hub) Subscribe(url string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	h.subscribers[h.next] = url
	return h.next
}

// Unsubscribe ends the subscription with that number and says whether there was one.
func (h *Hub) Unsubscribe(id int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, ok := h.subscribers[id]
	delete(h.subscribers, id)
	return ok
}

func visit(w http.ResponseWriter, r *http.Request) {
	id := Default.Subscribe(r.FormValue("callback"))
	defer Default.Unsubscribe(id)
	w.Header().Set("Subscription", strconv.Itoa(id))
}

func main() {
	http.HandleFunc("/visit", visit)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/visit?callback=http://client/"+strconv.Itoa(i))
	})
}
