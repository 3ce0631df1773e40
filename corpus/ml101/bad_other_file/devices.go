package main

import "sync"

type device struct {
	firmware string
	addr     string
}

var devicesMu sync.Mutex

var devices map[string]device // want ML101:"devices"

func init() {
	devices = make(map[string]device)
}
