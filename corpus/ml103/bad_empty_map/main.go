// Package main is a game server with rooms and their players.
// A game that is over leaves its room with no players.
//
// run: heap grows
package main

import (
	"log"
	"strconv"

	"example.com/corpus/probe"
)

type move struct {
	room, player string
	over         bool
}

type lobby struct {
	moves chan move
	rooms map[string]map[string]int
}

func open() *lobby {
	l := &lobby{moves: make(chan move), rooms: make(map[string]map[string]int)}
	go l.play()
	return l
}

func (l *lobby) play() {
	for m := range l.moves {
		if l.rooms[m.room] == nil {
			l.rooms[m.room] = make(map[string]int)
		}
		l.rooms[m.room][m.player]++
		if m.over {
			l.close(m.room)
		}
	}
}

func (l *lobby) close(room string) {
	for player, moves := range l.rooms[room] {
		if moves > 100 {
			log.Printf("%s made %d moves in %s", player, moves, room)
		}
	}
	l.rooms[room] = map[string]int{} // want ML103:"rooms"
}

func main() {
	l := open()
	probe.Messages(l.moves, func(i int) move {
		return move{room: "room-" + strconv.Itoa(i/2), player: "ann", over: i%2 == 1}
	})
}
