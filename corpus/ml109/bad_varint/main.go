// Package main decodes messages whose fields are counted by a varint, and keeps the last one.
// A reader of its own returns the count, which nobody looks at.
//
// run: heap grows
package main

import (
	"encoding/binary"
	"errors"

	"example.com/corpus/probe"
)

type reader struct {
	rest []byte
}

var errShort = errors.New("the message is too short")

func (r *reader) count() (int, error) {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		return 0, errShort
	}
	r.rest = r.rest[size:]
	return int(n), nil
}

func fields(message []byte) (map[byte]bool, error) {
	r := &reader{rest: message}
	n, err := r.count()
	if err != nil {
		return nil, err
	}
	out := make(map[byte]bool, n) // want ML109:"decoded from bytes"
	for _, b := range r.rest {
		out[b] = true
	}
	return out, nil
}

type device struct {
	messages chan []byte
	last     map[byte]bool
}

func (d *device) run() {
	for message := range d.messages {
		if found, err := fields(message); err == nil {
			d.last = found
		}
	}
}

func main() {
	d := &device{messages: make(chan []byte)}
	go d.run()
	probe.Messages(d.messages, func(i int) []byte { return binary.AppendUvarint(nil, uint64(10*i)) })
}
