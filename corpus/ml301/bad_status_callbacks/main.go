// Package main imports word lists and has a status line for each import.
// The status needs the number of words and keeps the words.
//
// run: heap grows
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
	im.status = append(im.status, func() string { // want ML301:"words"
		return fmt.Sprintf("%s: %d words", name, len(words))
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
