// A token store whose helper relies on its callers' lock, and every caller holds it.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Tokens struct {
	mu     sync.Mutex
	owners map[string]string
}

func (t *Tokens) drop(token string) {
	delete(t.owners, token)
}

func (t *Tokens) Issue(token, user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.owners[token] = user
}

func (t *Tokens) Redeem(token string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	user := t.owners[token]
	t.drop(token)
	return user
}

func (t *Tokens) RevokeAll(user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for token, owner := range t.owners {
		if owner == user {
			t.drop(token)
		}
	}
}

func (t *Tokens) Logout(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.drop(token)
}

func main() {
	t := &Tokens{owners: map[string]string{}}
	probe.AtOnce(
		func() {
			t.Issue("t1", "ann")
			t.Redeem("t1")
		},
		func() { t.RevokeAll("bob") },
		func() { t.Logout("t2") },
	)
}
