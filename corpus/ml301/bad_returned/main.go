// Package main makes page titles from the attributes of a document.
// The function it returns looks up one attribute of all.
//
// run: heap grows
package main

import (
	"fmt"
	"strings"

	"example.com/corpus/probe"
)

type site struct {
	titles []func(page int) string
}

func titler(document string) func(page int) string {
	attributes := parse(document)
	return func(page int) string { // want ML301:"attributes"
		return fmt.Sprintf("%s (%d)", attributes["title"], page)
	}
}

func parse(document string) map[string]string {
	attributes := map[string]string{}
	for _, line := range strings.Split(document, "\n") {
		if name, value, ok := strings.Cut(line, ": "); ok {
			attributes[name] = strings.Clone(value)
		}
	}
	return attributes
}

func document(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: chapter %d\n", n)
	for i := range 500 {
		fmt.Fprintf(&b, "note-%d: see page %d\n", i, n*i)
	}
	return b.String()
}

func main() {
	s := &site{}
	probe.Reloads(func(i int) { s.titles = append(s.titles, titler(document(i))) })
}
