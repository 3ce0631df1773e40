// Package main is a web server that notes the state of its connections.
// A closed connection is a state like the others.
//
// run: heap grows
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
		ConnState: func(conn net.Conn, state http.ConnState) { // want ML302:"states"
			mu.Lock()
			defer mu.Unlock()
			states[conn.RemoteAddr().String()] = state
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
