// Package main is a frame server that notes which frames it has acknowledged.
// All connections share one session, which never ends.
//
// run: heap grows
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
	acked map[string]bool // want ML102:"acked"
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
	shared *session
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

func (srv *server) open(addr string) *session { return srv.shared }

func (srv *server) serve(conn net.Conn) {
	defer conn.Close()
	addr := conn.RemoteAddr().String()
	s := srv.open(addr)
	frames := bufio.NewScanner(conn)
	for frames.Scan() {
		if s.ack(frames.Text()) {
			conn.Write([]byte("ok\n"))
		}
	}
}

func main() {
	srv := &server{shared: &session{acked: map[string]bool{}}}
	ln := probe.Listen()
	go srv.listen(ln)
	probe.Conns(ln, func(i int) string { return "frame " + strconv.Itoa(i) + "\n" })
}
