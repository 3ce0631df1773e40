// A plugin registry that returns the sorted names of its package map.
//
// run: ok
package main

import (
	"maps"
	"slices"
	"sync"

	"example.com/corpus/probe"
)

type plugin struct {
	version string
}

var (
	pluginsMu sync.Mutex
	plugins   = map[string]plugin{}
)

func install(name, version string) {
	pluginsMu.Lock()
	defer pluginsMu.Unlock()
	plugins[name] = plugin{version}
}

func uninstall(name string) {
	pluginsMu.Lock()
	defer pluginsMu.Unlock()
	delete(plugins, name)
}

func installed() []string {
	pluginsMu.Lock()
	defer pluginsMu.Unlock()
	return slices.Sorted(maps.Keys(plugins))
}

func main() {
	probe.AtOnce(
		func() { install("spell-check", "2.1") },
		func() { uninstall("spell-check") },
		func() {
			for range installed() {
				continue
			}
		},
	)
}
