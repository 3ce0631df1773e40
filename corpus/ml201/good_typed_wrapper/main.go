// Package main is a chat with a typed wrapper around sync.Map.
// The wrapper can also remove, and the chat does so when a user leaves.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

// typedMap is a sync.Map for keys and values of one type.
type typedMap[K comparable, V any] struct {
	inner sync.Map
}

func (m *typedMap[K, V]) set(key K, value V) { m.inner.Store(key, value) }

func (m *typedMap[K, V]) get(key K) (V, bool) {
	value, ok := m.inner.Load(key)
	if !ok {
		var none V
		return none, false
	}
	return value.(V), true
}

func (m *typedMap[K, V]) remove(key K) { m.inner.Delete(key) }

type chat struct {
	nicks typedMap[string, string]
}

func (c *chat) join(w http.ResponseWriter, r *http.Request) {
	c.nicks.set(r.FormValue("user"), r.FormValue("nick"))
}

func (c *chat) leave(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	if nick, ok := c.nicks.get(user); ok {
		c.nicks.remove(user)
		w.Write([]byte(nick + " has left"))
	}
}

func main() {
	c := &chat{}
	mux := http.NewServeMux()
	mux.HandleFunc("/join", c.join)
	mux.HandleFunc("/leave", c.leave)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"join", "leave"}[i%2]
		return probe.Get(i, "/"+action+"?nick=ann&user="+strconv.Itoa(i/2))
	})
}
