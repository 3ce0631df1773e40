// A cache of codes whose timers remove what has expired under the lock.
//
// run: ok
package main

import (
	"sync"
	"time"
)

const lifetime = time.Millisecond

type codes struct {
	mu      sync.Mutex
	pending map[string]string
}

func (c *codes) Send(user, code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending[user] = code
	time.AfterFunc(lifetime, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.pending, user)
	})
}

func (c *codes) Check(user, code string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pending[user] == code
}

func main() {
	c := &codes{pending: map[string]string{}}
	for range 200 {
		c.Send("ann", "4711")
		c.Check("ann", "4711")
		time.Sleep(100 * time.Microsecond)
	}
}
