// A ledger whose lock helper returns the unlock; Balance reads once that has been called.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type ledger struct {
	mu       sync.Mutex
	readers  int
	balances map[string]int
}

// lock takes the ledger's mutex and returns the function that gives it back.
func (l *ledger) lock() (unlock func()) {
	l.mu.Lock()
	return l.mu.Unlock
}

func (l *ledger) Open(account string, deposit int) {
	defer l.lock()()
	l.balances[account] = deposit
}

func (l *ledger) Close(account string) {
	unlock := l.lock()
	defer func() { unlock() }()
	delete(l.balances, account)
}

func (l *ledger) Balance(account string) (int, bool) {
	unlock := l.lock()
	l.readers++
	unlock()
	balance, ok := l.balances[account] // want ML404:"balances"
	return balance, ok
}

func main() {
	l := &ledger{balances: map[string]int{}}
	probe.AtOnce(
		func() { l.Open("ann", 100) },
		func() { l.Close("ann") },
		func() { l.Balance("ann") },
	)
}
