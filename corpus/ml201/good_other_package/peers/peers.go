// Package peers knows which peers there are.
package peers

import (
	"sync"
)

// Known holds what each peer has, by address.
var Known sync.Map

// Gone forgets a peer that has hung up.
func Gone(addr string) {
	Known.Delete(addr)
}
