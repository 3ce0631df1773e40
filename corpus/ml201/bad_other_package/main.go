// Package main is a tracker; the peers stand in a package of their own.
// A peer that hangs up is logged.
//
// run: heap grows
package main

import (
	"bufio"
	"net"
	"strconv"

	"example.com/corpus/ml201/bad_other_package/peers"
	"example.com/corpus/probe"
)

func accept(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go track(conn)
	}
}

func track(conn net.Conn) {
	defer conn.Close()
	addr := conn.RemoteAddr().String()
	defer peers.Gone(addr)
	in := bufio.NewScanner(conn)
	for in.Scan() {
		peers.Known.Store(addr, in.Text())
	}
}

func main() {
	ln := probe.Listen()
	go accept(ln)
	probe.Conns(ln, func(i int) string { return "torrent-" + strconv.Itoa(i) + "\n" })
}
