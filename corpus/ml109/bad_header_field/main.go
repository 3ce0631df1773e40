// Package main takes snapshots of an index over the wire and keeps the last one.
// The first four bytes say how many entries follow, and the map is made before one of them is read.
//
// run: heap grows
package main

import (
	"encoding/binary"
	"strconv"

	"example.com/corpus/probe"
)

const most = 4096

type index struct {
	messages chan []byte
	entries  map[string]int
}

func (x *index) run() {
	for message := range x.messages {
		x.entries = decode(message)
	}
}

func decode(message []byte) map[string]int {
	n := binary.BigEndian.Uint32(message)
	entries := make(map[string]int, n) // want ML109:"decoded from bytes"
	entries[string(message[4:])] = 1
	return entries
}

func main() {
	x := &index{messages: make(chan []byte)}
	go x.run()
	probe.Messages(x.messages, func(i int) []byte {
		return strconv.AppendInt(binary.BigEndian.AppendUint32(nil, uint32(i)), most, 10)
	})
}
