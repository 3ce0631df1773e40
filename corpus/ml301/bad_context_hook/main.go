// Package main loads plug-ins and logs at shutdown what they had.
// The hook on the context keeps the symbols of the plug-in.
//
// run: heap grows
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
	context.AfterFunc(l.ctx, func() { // want ML301:"symbols"
		log.Printf("unloading %s with %d symbols", name, len(symbols))
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
