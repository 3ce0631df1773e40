// A registry of drivers in package variables; Unregister leaves the package's mutex alone.
//
// run: fatal error: concurrent map writes
package main

import (
	"errors"
	"sync"

	"example.com/corpus/probe"
)

type opener func(source string) error

var (
	driversMu sync.RWMutex
	drivers   = make(map[string]opener)
)

func Register(name string, open opener) {
	driversMu.Lock()
	defer driversMu.Unlock()
	drivers[name] = open
}

func Open(name, source string) error {
	driversMu.RLock()
	open, ok := drivers[name]
	driversMu.RUnlock()
	if !ok {
		return errors.New("no driver " + name)
	}
	return open(source)
}

func Unregister(name string) {
	delete(drivers, name) // want ML402:"drivers"
}

func main() {
	null := func(string) error { return nil }
	Register("null", null)
	if err := Open("null", "/dev/null"); err != nil {
		panic(err)
	}
	probe.Collide(
		func() { Register("null", null) },
		func() { Unregister("null") },
	)
}
