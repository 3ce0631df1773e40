// A filter whose set is a named map type with methods, which it calls under its lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type set map[string]struct{}

func (s set) insert(name string)   { s[name] = struct{}{} }
func (s set) remove(name string)   { delete(s, name) }
func (s set) has(name string) bool { _, ok := s[name]; return ok }

type Filter struct {
	lock       sync.RWMutex
	namespaces set
}

func (f *Filter) Created(namespace string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.namespaces.insert(namespace)
}

func (f *Filter) Updated(namespace string, selected bool) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if !selected {
		f.namespaces.remove(namespace)
	}
}

func (f *Filter) Deleted(namespace string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.namespaces.remove(namespace)
}

func (f *Filter) Selects(namespace string) bool {
	f.lock.RLock()
	defer f.lock.RUnlock()
	return f.namespaces.has(namespace)
}

func main() {
	f := &Filter{namespaces: set{}}
	probe.AtOnce(
		func() { f.Created("prod") },
		func() { f.Updated("test", f.Selects("prod")) },
		func() { f.Deleted("prod") },
	)
}
