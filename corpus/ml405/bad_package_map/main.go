// A plugin registry that returns its package map from under the package's mutex.
//
// run: race
package main

import (
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

func installed() map[string]plugin {
	pluginsMu.Lock()
	defer pluginsMu.Unlock()
	return plugins // want ML405:"plugins"
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
