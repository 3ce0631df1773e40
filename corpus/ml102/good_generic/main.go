// Package main is a geocoder in front of a generic cache.
// The cache drops its oldest entry when it is full.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

// cache keeps what it was given, by key.
type cache[K comparable, V any] struct {
	mu      sync.RWMutex
	entries map[K]V
	order   []K // from the oldest to the newest
}

const capacity = 300

func (c *cache[K, V]) get(key K) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.entries[key]
	return v, ok
}

func (c *cache[K, V]) put(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil {
		c.entries = make(map[K]V)
	}
	if _, ok := c.entries[key]; !ok {
		c.order = append(c.order, key)
	}
	c.entries[key] = value
	if len(c.order) > capacity {
		delete(c.entries, c.order[0])
		c.order = append(c.order[:0], c.order[1:]...)
	}
}

type point struct{ lat, lon float64 }

type geocoder struct {
	places cache[string, point]
}

func (g *geocoder) locate(w http.ResponseWriter, r *http.Request) {
	address := r.URL.Query().Get("address")
	p, ok := g.places.get(address)
	if !ok {
		p = point{lat: float64(len(address)), lon: 16}
		g.places.put(address, p)
	}
	fmt.Fprintf(w, "%f %f\n", p.lat, p.lon)
}

func main() {
	g := &geocoder{}
	http.HandleFunc("/locate", g.locate)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/locate?address=street+"+strconv.Itoa(i))
	})
}
