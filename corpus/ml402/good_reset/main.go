// A block list that is replaced on reload under the lock under which it is read and written.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type blockList struct {
	mu      sync.RWMutex
	reasons map[string]string
}

func (b *blockList) Block(host, reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reasons[host] = reason
}

func (b *blockList) Reason(host string) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.reasons[host]
}

func (b *blockList) Reload(hosts []string) {
	fresh := make(map[string]string)
	for _, host := range hosts {
		fresh[host] = "listed"
	}
	b.mu.Lock()
	b.reasons = fresh
	b.mu.Unlock()
}

func main() {
	b := &blockList{reasons: map[string]string{}}
	probe.AtOnce(
		func() { b.Block("spam.example", "spam") },
		func() { b.Reason("spam.example") },
		func() { b.Reload([]string{"ads.example", "spam.example"}) },
	)
}
