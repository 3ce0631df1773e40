// A deletion in all pools at once, each of which sets the targets in options of its own.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Options struct {
	targets map[string]int
}

func (o *Options) setTargets(pool string) {
	o.targets = map[string]int{pool: 1}
}

func deleteIn(pool string, o Options, wg *sync.WaitGroup) {
	defer wg.Done()
	o.setTargets(pool)
	println(pool)
}

func Delete(pools []string, o Options) {
	var wg sync.WaitGroup
	for _, pool := range pools {
		wg.Add(1)
		go deleteIn(pool, o, &wg)
	}
	wg.Wait()
}

func main() {
	probe.AtOnce(
		func() { Delete([]string{"a", "b", "c"}, Options{}) },
		func() { Delete([]string{"a", "b"}, Options{}) },
	)
}
