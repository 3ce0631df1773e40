// Package main is a stream multiplexer; streams have names.
// A closed stream is overwritten with nil.
//
// run: heap grows
package main

import (
	"errors"
	"log"
	"strconv"

	"example.com/corpus/probe"
)

type frame struct {
	stream string
	data   string
	fin    bool
}

type stream struct {
	received int
}

type session struct {
	frames  chan frame
	streams map[string]*stream
}

var errClosed = errors.New("frame for a closed stream")

func (s *session) run() {
	for f := range s.frames {
		if err := s.handle(f); err != nil {
			log.Print(err)
		}
	}
}

func (s *session) handle(f frame) error {
	str, known := s.streams[f.stream]
	if !known {
		str = &stream{}
		s.streams[f.stream] = str
	}
	if str == nil {
		return errClosed
	}
	str.received += len(f.data)
	if f.fin {
		s.streams[f.stream] = nil // want ML103:"streams"
	}
	return nil
}

func main() {
	s := &session{frames: make(chan frame), streams: make(map[string]*stream)}
	go s.run()
	probe.Messages(s.frames, func(i int) frame {
		return frame{stream: "stream-" + strconv.Itoa(i/2), data: "hello", fin: i%2 == 1}
	})
}
