// A backup that measures its volumes in a task group; a channel of one slot lets one task write at a time.
//
// run: ok
package main

import (
	"errors"
	"fmt"
	"sync"
)

// Group runs tasks at once and keeps the first error.
type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (g *Group) Go(task func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := task(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *Group) Wait() error {
	g.wg.Wait()
	return g.err
}

func measure(volume string) (int, error) {
	if volume == "" {
		return 0, errors.New("a volume without a name")
	}
	return len(volume) << 20, nil
}

func sizes(volumes ...string) (map[string]int, error) {
	bytes := make(map[string]int)
	slot := make(chan struct{}, 1)
	var g Group
	for _, volume := range volumes {
		g.Go(func() error {
			n, err := measure(volume)
			slot <- struct{}{}
			bytes[volume] = n
			<-slot
			return err
		})
	}
	return bytes, g.Wait()
}

func main() {
	found, err := sizes("root", "home", "media", "scratch")
	fmt.Println(len(found), err)
}
