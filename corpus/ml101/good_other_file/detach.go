package main

import "log"

// forget drops a device that has gone.
func forget(id string) {
	devicesMu.Lock()
	defer devicesMu.Unlock()
	if d := devices[id]; d.firmware == "" {
		log.Printf("device %s left without telling its firmware", id)
	}
	delete(devices, id)
}
