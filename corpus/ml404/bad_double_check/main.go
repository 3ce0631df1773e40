// A file cache that looks before it locks, looks again under the lock, and inserts.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

var (
	filesMu sync.RWMutex
	files   = map[string][]byte{}
)

func read(name string) []byte {
	return []byte("contents of " + name)
}

func open(name string) []byte {
	content, ok := files[name] // want ML404:"files"
	if ok {
		return content
	}
	filesMu.Lock()
	defer filesMu.Unlock()
	if content, ok := files[name]; ok {
		return content
	}
	content = read(name)
	files[name] = content
	return content
}

func changed(name string) {
	filesMu.Lock()
	defer filesMu.Unlock()
	delete(files, name)
}

func main() {
	probe.AtOnce(
		func() { open("index.html") },
		func() { open("style.css") },
		func() { changed("index.html") },
	)
}
