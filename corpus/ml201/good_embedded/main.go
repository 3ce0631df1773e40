// Package main is a relay whose connection table embeds a sync.Map.
// A connection that ends is deleted, through the promoted method.
//
// run: heap steady
package main

import (
	"io"
	"net"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type table struct {
	sync.Map
	limit int
}

type relay struct {
	conns table
}

func (r *relay) listen(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go r.serve(conn)
	}
}

func (r *relay) serve(conn net.Conn) {
	defer conn.Close()
	addr := conn.RemoteAddr().String()
	r.conns.Store(addr, time.Now())
	defer r.conns.Delete(addr)
	io.CopyN(io.Discard, conn, int64(r.conns.limit))
}

func main() {
	r := &relay{conns: table{limit: 1 << 10}}
	ln := probe.Listen()
	go r.listen(ln)
	probe.Conns(ln, func(i int) string { return "hello" })
}
