// Package main imports word lists and has a status line for each import.
// The status keeps the number of words.
//
// run: heap steady
package main

import (
	"fmt"
	"strings"

	"example.com/corpus/probe"
)

type importer struct {
	status []func() string
}

func (im *importer) load(name, text string) {
	words := make(map[string]bool)
	for _, word := range strings.Fields(text) {
		words[word] = true
	}
	n := len(words)
	im.status = append(im.status, func() string {
		return fmt.Sprintf("%s: %d words", name, n)
	})
}

func (im *importer) report() []string {
	var lines []string
	for _, line := range im.status {
		lines = append(lines, line())
	}
	return lines
}

func text(n int) string {
	var b strings.Builder
	for i := range 800 {
		fmt.Fprintf(&b, "word-%d-%d ", n, i)
	}
	return b.String()
}

func main() {
	im := &importer{}
	probe.Reloads(func(i int) {
		im.load(fmt.Sprint("list ", i), text(i))
		if i%50 == 0 {
			im.report()
		}
	})
}
