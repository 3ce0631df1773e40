// Package peers knows which peers there are.
package peers

import (
	"log"
	"sync"
)

// Known holds what each peer has, by address.
var Known sync.Map // want ML201:"Known"

// Gone notes that a peer has hung up.
func Gone(addr string) {
	if _, ok := Known.Load(addr); !ok {
		log.Printf("%s left without a word", addr)
	}
}
