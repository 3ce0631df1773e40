// A chat whose rooms tell their guests the news whenever somebody has entered.
//
// run: ok
package main

import "time"

type room struct {
	guests map[string]int
}

func newRoom() (r *room) {
	r = &room{guests: map[string]int{}}
	return r
}

func (r *room) enter(guest string) {
	r.guests[guest] = 1
	r.tell()
}

func (r *room) tell() {
	for guest := range r.guests {
		_ = guest
	}
}

type Chat struct {
	rooms map[string]*room
}

func (c *Chat) room(name string) *room {
	known, ok := c.rooms[name]
	if !ok {
		known = newRoom()
		c.rooms[name] = known
	}
	return known
}

func (c *Chat) Enter(room, guest string) {
	c.room(room).enter(guest)
}

func main() {
	chat := &Chat{rooms: map[string]*room{}}
	for _, guest := range []string{"ann", "bob", "cy", "di"} {
		chat.Enter("hall", guest)
		time.Sleep(time.Millisecond)
	}
}
