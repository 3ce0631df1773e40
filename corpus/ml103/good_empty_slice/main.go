// Package main collects log lines by host and sends them off in batches.
// A batch that was sent is deleted.
//
// run: heap steady
package main

import (
	"io"
	"strconv"
	"strings"

	"example.com/corpus/probe"
)

type line struct {
	host, text string
}

const perBatch = 2

type shipper struct {
	waiting map[string][]string
	out     io.Writer
}

func (s *shipper) ship(lines <-chan line) {
	for l := range lines {
		s.waiting[l.host] = append(s.waiting[l.host], l.text)
		if len(s.waiting[l.host]) == perBatch {
			s.flush(l.host)
		}
	}
}

func (s *shipper) flush(host string) {
	io.WriteString(s.out, host+": "+strings.Join(s.waiting[host], "; ")+"\n")
	delete(s.waiting, host)
}

func main() {
	lines := make(chan line)
	s := &shipper{waiting: map[string][]string{}, out: io.Discard}
	go s.ship(lines)
	probe.Messages(lines, func(i int) line {
		return line{host: "pod-" + strconv.Itoa(i/2), text: "started"}
	})
}
