// A device list that embeds its mutex; Forget is the one method that does not lock.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type devices struct {
	sync.Mutex
	firmware map[string]string
}

func (d *devices) Announce(serial, version string) {
	d.Lock()
	d.firmware[serial] = version
	d.Unlock()
}

func (d *devices) Outdated(version string) (serials []string) {
	d.Lock()
	defer d.Unlock()
	for serial, installed := range d.firmware {
		if installed != version {
			serials = append(serials, serial)
		}
	}
	return serials
}

func (d *devices) Forget(serial string) {
	delete(d.firmware, serial) // want ML402:"firmware"
}

func main() {
	d := &devices{firmware: map[string]string{}}
	probe.AtOnce(
		func() { d.Announce("pump-1", "1.4") },
		func() { d.Outdated("1.5") },
		func() { d.Forget("pump-1") },
	)
}
