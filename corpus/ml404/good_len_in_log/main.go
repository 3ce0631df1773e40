// A progress emitter that logs how many transfers there are once it holds the lock.
//
// run: ok
package main

import (
	"io"
	"log"
	"sync"

	"example.com/corpus/probe"
)

var logger = log.New(io.Discard, "progress ", log.LstdFlags)

type emitter struct {
	mu       sync.Mutex
	registry map[string]int
}

func (e *emitter) start(file string, size int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	logger.Printf("adding %s to %d transfers", file, len(e.registry))
	e.registry[file] = size
}

func (e *emitter) finish(file string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.registry, file)
}

func (e *emitter) remaining() (bytes int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, size := range e.registry {
		bytes += size
	}
	return bytes
}

func main() {
	e := &emitter{registry: map[string]int{}}
	probe.AtOnce(
		func() { e.start("photo.raw", 40<<20) },
		func() { e.start("video.mp4", 700<<20) },
		func() { e.finish("photo.raw") },
		func() { e.remaining() },
	)
}
