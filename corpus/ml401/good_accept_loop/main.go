// A chat server whose connections enter themselves into the list of who is online, under its mutex.
//
// run: ok
package main

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"
)

type server struct {
	mu     sync.Mutex
	online map[string]time.Time
}

func (s *server) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go s.serve(conn)
	}
}

func (s *server) serve(conn net.Conn) {
	defer conn.Close()
	peer := conn.RemoteAddr().String()
	s.mu.Lock()
	s.online[peer] = time.Now()
	s.mu.Unlock()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		fmt.Fprintln(conn, lines.Text())
	}
	s.mu.Lock()
	delete(s.online, peer)
	s.mu.Unlock()
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	s := &server{online: map[string]time.Time{}}
	go s.accept(listener)
	var wg sync.WaitGroup
	for range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				panic(err)
			}
			fmt.Fprintln(conn, "hello")
			bufio.NewReader(conn).ReadString('\n')
			conn.Close()
		}()
	}
	wg.Wait()
	listener.Close()
}
