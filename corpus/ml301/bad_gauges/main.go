// Package main reports gauges about the tables it has loaded.
// A gauge of a table is a function over its rows.
//
// run: heap grows
package main

import (
	"expvar"
	"fmt"
	"strconv"

	"example.com/corpus/probe"
)

const keyColumn = "id"

func publish(table string, columns map[string]string) {
	expvar.Publish(table, expvar.Func(func() any { // want ML301:"columns"
		return fmt.Sprintf("%d columns, key of type %s", len(columns), columns[keyColumn])
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
