// Package main is an echo server that adds up the traffic of each peer.
// The function that serves a connection never takes a peer out.
//
// run: heap grows
package main

import (
	"io"
	"log"
	"net"
	"sync"

	"example.com/corpus/probe"
)

const quota = 1 << 10

func listen(ln net.Listener) {
	var mu sync.Mutex
	traffic := map[string]int64{}
	serve := func(conn net.Conn) { // want ML302:"traffic"
		defer conn.Close()
		peer := conn.RemoteAddr().String()
		n, err := io.Copy(conn, io.LimitReader(conn, quota))
		if err != nil && err != io.ErrClosedPipe {
			log.Print(err)
		}
		mu.Lock()
		defer mu.Unlock()
		traffic[peer] += n
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go serve(conn)
	}
}

func main() {
	ln := probe.Listen()
	go listen(ln)
	probe.Conns(ln, func(i int) string { return "hello" })
}
