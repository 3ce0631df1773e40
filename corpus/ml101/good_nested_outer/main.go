// Package main is a usage meter: calls by tenant and by class of answer.
// The report takes the map away and starts a new one.
//
// run: heap steady
package main

import (
	"fmt"
	"io"
	"strconv"

	"example.com/corpus/probe"
)

type call struct {
	tenant string
	failed bool
	report bool
}

var usage = map[string]map[string]int{}

func meter(calls <-chan call) {
	for c := range calls {
		if c.report {
			printUsage(io.Discard)
			continue
		}
		classes := usage[c.tenant]
		if classes == nil {
			classes = map[string]int{}
			usage[c.tenant] = classes
		}
		if c.failed {
			classes["failed"]++
		} else {
			classes["served"]++
		}
	}
}

func printUsage(w io.Writer) {
	for tenant, classes := range usage {
		fmt.Fprintln(w, tenant, classes["served"], classes["failed"])
	}
	usage = map[string]map[string]int{}
}

func main() {
	calls := make(chan call)
	go meter(calls)
	probe.Messages(calls, func(i int) call {
		return call{tenant: "tenant-" + strconv.Itoa(i), failed: i%7 == 0, report: i%400 == 0}
	})
}
