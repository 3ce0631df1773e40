// Package main is a TCP sink that adds up the bytes of each peer.
// The sum of a peer that hung up stays.
//
// run: heap grows
package main

import (
	"io"
	"log"
	"net"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

const suspicious = 1 << 20

var (
	receivedMu sync.Mutex
	received   = map[string]int64{} // want ML101:"received"
)

func serve(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			log.Print(err)
			return
		}
		go drain(conn)
	}
}

func drain(conn net.Conn) {
	defer conn.Close()
	peer := conn.RemoteAddr().String()
	buf := make([]byte, 64)
	for {
		n, err := conn.Read(buf)
		receivedMu.Lock()
		received[peer] += int64(n)
		if received[peer] > suspicious {
			log.Printf("%s sent %d bytes", peer, received[peer])
		}
		receivedMu.Unlock()
		if err == io.EOF {
			return
		}
	}
}

func main() {
	ln := probe.Listen()
	go serve(ln)
	probe.Conns(ln, func(i int) string { return strings.Repeat("payload ", 12) })
}
