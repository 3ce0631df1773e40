// Package main takes each nonce once, and forgets it when it has expired.
// It takes only so many until then.
//
// run: heap steady
package main

import (
	"errors"
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type nonces struct {
	mu      sync.Mutex
	expires map[string]int64
}

var (
	errReplayed = errors.New("seen before")
	errBusy     = errors.New("too many at a time")
)

func (n *nonces) take(nonce string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, seen := n.expires[nonce]; seen {
		return errReplayed
	}
	if len(n.expires) >= 1000 {
		return errBusy
	}
	n.expires[nonce] = time.Now().Add(time.Hour).Unix()
	return nil
}

func (n *nonces) expire() {
	for range time.Tick(time.Minute) {
		n.mu.Lock()
		for nonce, at := range n.expires {
			if at < time.Now().Unix() {
				delete(n.expires, nonce)
			}
		}
		n.mu.Unlock()
	}
}

func (n *nonces) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := n.take(r.RemoteAddr); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
	}
}

func main() {
	n := &nonces{expires: map[string]int64{}}
	go n.expire()
	probe.Requests(n, func(i int) *http.Request { return probe.Get(i, "/") })
}
