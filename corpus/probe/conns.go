package probe

import (
	"fmt"
	"io"
	"net"
)

// A Listener accepts the connections that Conns makes, in memory.
type Listener struct {
	conns chan net.Conn
}

// Listen returns a listener to hand to a server.
func Listen() *Listener {
	return &Listener{conns: make(chan net.Conn)}
}

// Accept waits for the next connection of Conns.
func (l *Listener) Accept() (net.Conn, error) { return <-l.conns, nil }

// Close does nothing: the probe listens as long as the program runs.
func (l *Listener) Close() error { return nil }

// Addr returns the address listened on.
func (l *Listener) Addr() net.Addr { return address("10.0.0.1:7") }

// Conns connects as client 0, 1, 2 …, writes what send makes for it, drops the replies, hangs up and waits until
// the server has done so too.
func Conns(l *Listener, send func(i int) string) {
	Calls(func(i int) {
		near, far := net.Pipe()
		closed := make(chan struct{}, 1)
		l.conns <- conn{far, address(Address(i)), closed}
		go io.Copy(io.Discard, near)
		io.WriteString(near, send(i))
		near.Close()
		<-closed
	})
}

// Address returns the address and port of the i-th client.
func Address(i int) string {
	return fmt.Sprintf("10.%d.%d.%d:%d", i>>16&255, i>>8&255, i&255, 20000+i%10000)
}

// conn is the server's end of a connection, with the address of its client.
type conn struct {
	net.Conn
	remote address
	closed chan<- struct{} // has room for one
}

func (c conn) RemoteAddr() net.Addr { return c.remote }

func (c conn) Close() error {
	select {
	case c.closed <- struct{}{}:
	default:
	}
	return c.Conn.Close()
}

type address string

func (a address) Network() string { return "tcp" }
func (a address) String() string  { return string(a) }
