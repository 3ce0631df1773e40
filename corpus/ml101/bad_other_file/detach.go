package main

import "log"

// forget notes that a device has gone.
func forget(id string) {
	devicesMu.Lock()
	defer devicesMu.Unlock()
	if d, ok := devices[id]; ok && d.firmware == "" {
		log.Printf("device %s left without telling its firmware", id)
	}
}
