// Package main reports gauges about the tables it has loaded.
// A gauge of a table is a function over a number.
//
// run: heap steady
package main

import (
	"expvar"
	"fmt"
	"strconv"

	"example.com/corpus/probe"
)

const keyColumn = "id"

func publish(table string, columns map[string]string) {
	width, key := len(columns), columns[keyColumn]
	expvar.Publish(table, expvar.Func(func() any {
		return fmt.Sprintf("%d columns, key of type %s", width, key)
	}))
}

func load(tables <-chan int) {
	for n := range tables {
		publish("table-"+strconv.Itoa(n), schema(n))
	}
}

func schema(n int) map[string]string {
	columns := map[string]string{keyColumn: "bigint"}
	for i := range 500 {
		columns["column-"+strconv.Itoa(i)] = "varchar(" + strconv.Itoa(n) + ")"
	}
	return columns
}

func main() {
	tables := make(chan int)
	go load(tables)
	probe.Reloads(func(i int) { tables <- i })
}
