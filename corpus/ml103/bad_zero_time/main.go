// Package main notices devices that stop sending heartbeats.
// A device that signs off gets the zero time.
//
// run: heap grows
package main

import (
	"bufio"
	"log"
	"net"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type watchdog struct {
	mu       sync.Mutex
	lastBeat map[string]time.Time
}

func (w *watchdog) accept(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go w.follow(conn)
	}
}

func (w *watchdog) follow(conn net.Conn) {
	defer conn.Close()
	beats := bufio.NewScanner(conn)
	if !beats.Scan() {
		return
	}
	device := beats.Text()
	defer w.signOff(device)
	for ok := true; ok; ok = beats.Scan() {
		w.mu.Lock()
		w.lastBeat[device] = time.Now()
		w.mu.Unlock()
	}
}

func (w *watchdog) signOff(device string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lastBeat[device] = time.Time{} // want ML103:"lastBeat"
}

func (w *watchdog) bark() {
	for now := range time.Tick(5 * time.Second) {
		w.mu.Lock()
		for device, at := range w.lastBeat {
			if !at.IsZero() && now.Sub(at) > time.Minute {
				log.Printf("%s is silent", device)
			}
		}
		w.mu.Unlock()
	}
}

func main() {
	w := &watchdog{lastBeat: make(map[string]time.Time)}
	ln := probe.Listen()
	go w.bark()
	go w.accept(ln)
	probe.Conns(ln, func(i int) string { return "device-" + strconv.Itoa(i) + "\nbeat\n" })
}
