// Plugins that are gone through under the lock that each call makes anew.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Registry struct {
	lock    sync.RWMutex
	plugins map[string]int
}

func (r *Registry) Add(name string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.plugins[name] = 1
}

func (r *Registry) Drop(name string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	delete(r.plugins, name)
}

func (r *Registry) each(lock sync.Locker, visit func(string, int)) {
	lock.Lock()
	defer lock.Unlock()
	for name, calls := range r.plugins { // want ML404:"plugins"
		visit(name, calls)
	}
}

func (r *Registry) Count() (n int) {
	r.each(&sync.Mutex{}, func(string, int) { n++ })
	return n
}

func (r *Registry) Longest() (longest string) {
	r.each(&sync.Mutex{}, func(name string, _ int) { longest = max(longest, name) })
	return longest
}

func main() {
	r := &Registry{plugins: map[string]int{}}
	probe.AtOnce(
		func() { r.Add("report") },
		func() { r.Count() },
		func() { r.Longest() },
		func() { r.Drop("report") },
	)
}
