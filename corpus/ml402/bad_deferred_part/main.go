// A log whose lines are decoded into an entry that others have already; a deferred call completes it.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Entry struct {
	mu   sync.Mutex
	tags map[string]int
}

func (e *Entry) Tag(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tags[name]++
}

func (e *Entry) Untag(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.tags, name)
}

type Log struct {
	last *Entry
}

func (l *Log) Read(line string) {
	e := l.last
	decode(e, line)
	e.Tag("read")
}

func decode(e *Entry, line string) {
	defer complete(e, line)
	if line == "" {
		return
	}
}

func complete(e *Entry, line string) {
	e.tags[line] = len(line) // want ML402:"tags"
}

func main() {
	l := &Log{last: &Entry{tags: map[string]int{}}}
	probe.AtOnce(
		func() { l.Read("get") },
		func() { l.last.Tag("seen") },
		func() { l.last.Untag("seen") },
	)
}
