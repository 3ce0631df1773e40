// A report whose logs are made anonymous on the way through a pipe that is read to its end.
//
// run: ok
package main

import (
	"fmt"
	"io"

	"example.com/corpus/probe"
)

type names struct{ seen map[string]int }

func (n *names) hide(name string) int {
	if _, ok := n.seen[name]; !ok {
		n.seen[name] = len(n.seen)
	}
	return n.seen[name]
}

type Report struct {
	names *names
	out   io.Writer
}

func (r *Report) Write(logs []string) {
	r.addFirst(logs[0])
	for _, log := range logs[1:] {
		r.add(log)
	}
}

func (r *Report) addFirst(log string) {
	reader, writer := io.Pipe()
	go r.hideNames(log, writer)
	_, _ = io.Copy(r.out, reader)
}

func (r *Report) add(log string) {
	reader, writer := io.Pipe()
	go r.hideNames(log, writer)
	_, _ = io.Copy(r.out, reader)
}

func (r *Report) hideNames(log string, writer *io.PipeWriter) {
	defer writer.Close()
	for range 3 {
		line := r.names.hide(log)
		fmt.Fprintln(writer, line)
	}
}

func main() {
	write := func() {
		r := &Report{names: &names{seen: map[string]int{}}, out: io.Discard}
		r.Write([]string{"a", "b", "c"})
	}
	probe.AtOnce(write, write)
}
