// Package main is a line server that embeds its registry of peers.
// A peer that hangs up stays in it.
//
// run: heap grows
package main

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type registry struct {
	mu    sync.Mutex
	peers map[string]peer // want ML102:"peers"
}

type peer struct {
	name  string
	lines int
}

type lineServer struct {
	registry
	motd string
}

func (s *lineServer) serve(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go s.handle(conn)
	}
}

func (s *lineServer) handle(conn net.Conn) {
	defer conn.Close()
	addr := conn.RemoteAddr().String()
	fmt.Fprintln(conn, s.motd)
	in := bufio.NewScanner(conn)
	for in.Scan() {
		s.mu.Lock()
		s.peers[addr] = peer{name: in.Text(), lines: s.peers[addr].lines + 1}
		s.mu.Unlock()
	}
}

func main() {
	s := &lineServer{motd: "hello"}
	s.peers = make(map[string]peer)
	ln := probe.Listen()
	go s.serve(ln)
	probe.Conns(ln, func(i int) string { return "peer " + strconv.Itoa(i) + "\n" })
}
