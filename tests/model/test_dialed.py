"""The remote address of a connection is open where clients come, and configured where the program dials."""

from __future__ import annotations

from programs import program

SERVED = """package m

import "net"

var seen = map[string]int{}

func Serve(l net.Listener) {
	for {
		conn, _ := l.Accept()
		go func() { seen[conn.RemoteAddr().String()]++ }()
	}
}
"""
DIALED = """package m

import "net"

type client struct{ conn net.Conn }

var sent = map[string]int{}

func open(server string) *client {
	conn, _ := net.Dial("udp", server)
	return newClient(conn)
}

func newClient(conn net.Conn) *client { return &client{conn: conn} }

func (c *client) Send() { sent[c.conn.RemoteAddr().String()]++ }

func Run(server string) {
	c := open(server)
	for {
		c.Send()
	}
}
"""


def signs(text: str, name: str) -> set[str]:
    found = program({"m.go": text})
    site = next(site for site in found.sites.values() if site.name == name)
    return {sign.name for sign in found.judge.growth(site).signs}


def test_clients_bring_their_addresses_along() -> None:
    assert "key-open" in signs(SERVED, "seen")


def test_a_server_that_the_program_dials_is_none_of_them() -> None:
    assert "key-open" not in signs(DIALED, "sent")
