// Endpoints that are written as JSON; the lock is gone before the options that they share are read.
//
// run: race
package main

import (
	"encoding/json"
	"sync"

	"example.com/corpus/probe"
)

type Endpoint struct {
	mu      sync.Mutex
	options map[string]string
}

func (e *Endpoint) Set(key, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.options[key] = value
}

func (e *Endpoint) Get(key string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.options[key]
}

func (e *Endpoint) MarshalJSON() ([]byte, error) {
	e.mu.Lock()
	fields := map[string]any{"kind": "endpoint"}
	fields["options"] = e.options // want ML405:"options"
	e.mu.Unlock()
	return json.Marshal(fields)
}

func main() {
	e := &Endpoint{options: map[string]string{}}
	probe.AtOnce(
		func() { e.Set("mtu", "1500") },
		func() { e.Get("mtu") },
		func() { _, _ = e.MarshalJSON() },
	)
}
