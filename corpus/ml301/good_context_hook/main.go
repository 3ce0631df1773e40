// Package main loads plug-ins and logs at shutdown what they had.
// The hook on the context keeps their number.
//
// run: heap steady
package main

import (
	"context"
	"log"
	"strconv"

	"example.com/corpus/probe"
)

type loader struct {
	ctx context.Context
}

func (l *loader) load(name string) {
	symbols := open(name)
	count := len(symbols)
	context.AfterFunc(l.ctx, func() {
		log.Printf("unloading %s with %d symbols", name, count)
	})
}

func open(name string) map[string]uintptr {
	symbols := make(map[string]uintptr)
	for i := range 700 {
		symbols[name+".func"+strconv.Itoa(i)] = uintptr(i)
	}
	return symbols
}

func main() {
	ctx, shutDown := context.WithCancel(context.Background())
	defer shutDown()
	l := &loader{ctx: ctx}
	probe.Reloads(func(i int) { l.load("plug-in-" + strconv.Itoa(i)) })
}
