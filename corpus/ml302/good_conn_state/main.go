// Package main is a web server that notes the state of its connections.
// A closed connection is dropped.
//
// run: heap steady
package main

import (
	"net"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

func newServer(handler http.Handler) *http.Server {
	var mu sync.Mutex
	states := make(map[string]http.ConnState)
	return &http.Server{
		Handler: handler,
		ConnState: func(conn net.Conn, state http.ConnState) {
			mu.Lock()
			defer mu.Unlock()
			if state == http.StateClosed {
				delete(states, conn.RemoteAddr().String())
			} else {
				states[conn.RemoteAddr().String()] = state
			}
		},
	}
}

func main() {
	server := newServer(http.NotFoundHandler())
	ln := probe.Listen()
	go server.Serve(ln)
	probe.Conns(ln, func(i int) string {
		return "GET /favicon.ico HTTP/1.0\r\nHost: localhost\r\n\r\n"
	})
}
