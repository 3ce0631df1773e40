// A logger whose copies get labels of their own; a copy still has the map of the logger that it comes from.
//
// run: race
package main

import (
	"maps"
	"sync"

	"example.com/corpus/probe"
)

type Logger struct {
	mu     *sync.Mutex
	labels map[string]string
}

func (l *Logger) Label(key, value string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.labels[key] = value
}

func (l *Logger) Unlabel(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.labels, key)
}

func (l *Logger) all() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.labels)
}

func (l *Logger) copied() *Logger {
	out := *l
	out.mu = &sync.Mutex{}
	println(len(l.all()))
	return &out
}

func (l *Logger) With(key, value string) *Logger {
	out := l.copied()
	out.labels[key] = value // want ML402:"labels"
	return out
}

func main() {
	l := &Logger{mu: &sync.Mutex{}, labels: map[string]string{}}
	probe.AtOnce(
		func() { l.Label("app", "shop") },
		func() { l.Unlabel("app") },
		func() { l.With("user", "ann") },
		func() { l.With("user", "bob") },
	)
}
