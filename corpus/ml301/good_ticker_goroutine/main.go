// Package main watches over snapshots of a cluster.
// The goroutine that logs their age gets the size as an argument.
//
// run: heap steady
package main

import (
	"log"
	"strconv"
	"time"

	"example.com/corpus/probe"
)

type pod struct {
	node  string
	ready bool
}

func take(n int) {
	pods := list(n)
	go func(count int) {
		taken := time.Now()
		for now := range time.Tick(time.Hour) {
			log.Printf("snapshot %d of %d pods is %s old", n, count, now.Sub(taken))
		}
	}(len(pods))
}

func list(n int) map[string]pod {
	pods := make(map[string]pod)
	for i := range 700 {
		pods["pod-"+strconv.Itoa(n*i)] = pod{node: "node-" + strconv.Itoa(i%7), ready: true}
	}
	return pods
}

func main() {
	probe.Reloads(take)
}
