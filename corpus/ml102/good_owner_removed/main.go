// Package main is a frame server that notes which frames it has acknowledged.
// Each connection has its session, which leaves the table when the peer hangs up.
//
// run: heap steady
package main

import (
	"bufio"
	"net"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type session struct {
	mu    sync.Mutex
	acked map[string]bool
}

// ack notes a frame, and says whether it came for the first time.
func (s *session) ack(frame string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	again := s.acked[frame]
	s.acked[frame] = true
	return !again
}

type server struct {
	mu       sync.Mutex
	sessions map[string]*session
}

func (srv *server) listen(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go srv.serve(conn)
	}
}

func (srv *server) open(addr string) *session {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	s := &session{acked: map[string]bool{}}
	srv.sessions[addr] = s
	return s
}

func (srv *server) close(addr string) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	delete(srv.sessions, addr)
}

func (srv *server) serve(conn net.Conn) {
	defer conn.Close()
	addr := conn.RemoteAddr().String()
	s := srv.open(addr)
	defer srv.close(addr)
	frames := bufio.NewScanner(conn)
	for frames.Scan() {
		if s.ack(frames.Text()) {
			conn.Write([]byte("ok\n"))
		}
	}
}

func main() {
	srv := &server{sessions: map[string]*session{}}
	ln := probe.Listen()
	go srv.listen(ln)
	probe.Conns(ln, func(i int) string { return "frame " + strconv.Itoa(i) + "\n" })
}
