// A feed whose Subscribe returns a cancel function that takes the lock itself.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Feed struct {
	mu      sync.Mutex
	next    int
	readers map[int]func(item string)
}

// Subscribe calls read for each item until the returned function is called.
func (f *Feed) Subscribe(read func(item string)) (cancel func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	id := f.next
	f.next++
	f.readers[id] = read
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.readers, id)
	}
}

func (f *Feed) Publish(item string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, read := range f.readers {
		read(item)
	}
}

func main() {
	f := &Feed{readers: map[int]func(string){}}
	probe.AtOnce(
		func() {
			cancel := f.Subscribe(func(string) {})
			cancel()
		},
		func() { f.Publish("new release") },
	)
}
