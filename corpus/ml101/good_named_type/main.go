// Package main is a chat server whose member list is a map type with methods for joining and leaving.
//
// run: heap steady
package main

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type member struct {
	nick string
	addr string
}

// roster is who has joined, by address.
type roster map[string]member

func (r roster) join(m member) { r[m.addr] = m }

func (r roster) leave(addr string) { delete(r, addr) }

var (
	membersMu sync.Mutex
	members   = roster{}
)

func accept(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go chat(conn)
	}
}

func chat(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	if !lines.Scan() {
		return
	}
	addr := conn.RemoteAddr().String()
	membersMu.Lock()
	members.join(member{nick: lines.Text(), addr: addr})
	n := len(members)
	membersMu.Unlock()
	defer func() {
		membersMu.Lock()
		members.leave(addr)
		membersMu.Unlock()
	}()
	fmt.Fprintf(conn, "welcome, you are one of %d\n", n)
	for lines.Scan() {
		fmt.Fprintf(conn, "you said %q\n", lines.Text())
	}
}

func main() {
	ln := probe.Listen()
	go accept(ln)
	probe.Conns(ln, func(i int) string { return "nick" + strconv.Itoa(i) + "\nhello\n" })
}
