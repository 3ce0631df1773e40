// Package probe drives the programs of the corpus as their users would, and says whether their live heap
// keeps growing.
//
// A driver sends batches of distinct events from a few clients at once, waits until the program is at rest,
// collects garbage and measures what is still reachable. It prints exactly one line: "heap grows" or
// "heap steady".
package probe

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

const (
	batches   = 4
	perBatch  = 3200 // events of a batch: requests, messages, connections, calls
	reloads   = 30   // rounds of a batch, where a round is heavy
	clients   = 4
	tolerance = 256 << 10 // bytes that a program at rest may differ by from one measurement to the next
	rest      = 15 * time.Millisecond
	patience  = 10 // how often a heap that seems to have grown is given a rest and measured again
)

// Messages sends what next makes for 0, 1, 2 …, in this order, into ch, which the program under test reads.
func Messages[T any](ch chan<- T, next func(i int) T) {
	watch(perBatch, func(first, end int) { inOrder(first, end, func(i int) { ch <- next(i) }) })
}

// Calls calls call with 0, 1, 2 … from several goroutines at once; an even number and its successor fall to
// the same goroutine, in this order.
func Calls(call func(i int)) {
	watch(perBatch, func(first, end int) { together(first, end, call) })
}

// Reloads calls reload with 0, 1, 2 … one after the other, a hundred times less often than Calls does: for
// programs that do much at a time.
func Reloads(reload func(i int)) {
	watch(reloads, func(first, end int) { inOrder(first, end, reload) })
}

// together deals the events first … end-1 out to the clients in equal runs and returns when all are done.
func together(first, end int, send func(i int)) {
	share := (end - first) / clients
	var wg sync.WaitGroup
	for i := first; i < end; i += share {
		wg.Add(1)
		go func() {
			defer wg.Done()
			inOrder(i, i+share, send)
		}()
	}
	wg.Wait()
}

func inOrder(first, end int, send func(i int)) {
	for i := first; i < end; i++ {
		send(i)
	}
}

// watch runs a warm-up of two batches in one, then the others, and prints what became of the heap.
func watch(size int, batch func(first, end int)) {
	batch(0, 2*size)
	limit := live() + tolerance
	for n := 2; n < 2+batches; n++ {
		batch(n*size, (n+1)*size)
		time.Sleep(rest)
	}
	grown := live() > limit
	for n := 0; grown && n < patience; n++ {
		grown = live() > limit
	}
	runtime.KeepAlive(batch) // holds the program's own objects until here, as a real server would
	if grown {
		fmt.Println("heap grows")
	} else {
		fmt.Println("heap steady")
	}
}

// live returns the bytes of the heap that are still reachable once the program had time to come to rest.
func live() uint64 {
	time.Sleep(rest)
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
