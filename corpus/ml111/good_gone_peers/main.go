// Package main is a gateway between peers, which have names.
// Peers that are gone lose their names and their place.
//
// run: heap steady
package main

import (
	"bufio"
	"net"
	"sync"

	"example.com/corpus/probe"
)

type peer struct {
	gone bool
}

type gateway struct {
	mu    sync.Mutex
	peers map[string]*peer
	names map[string]string
}

func (g *gateway) serve(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go g.handle(conn)
	}
}

func (g *gateway) handle(conn net.Conn) {
	defer conn.Close()
	addr := conn.RemoteAddr().String()
	name, _ := bufio.NewReader(conn).ReadString('\n')
	p := &peer{}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.peers[addr] = p
	g.names[addr] = name
	p.gone = true
	g.prune()
}

func (g *gateway) prune() {
	for addr, p := range g.peers {
		if p.gone {
			delete(g.peers, addr)
			delete(g.names, addr)
		}
	}
}

func main() {
	g := &gateway{peers: make(map[string]*peer), names: make(map[string]string)}
	ln := probe.Listen()
	go g.serve(ln)
	probe.Conns(ln, func(i int) string { return "client\n" })
}
