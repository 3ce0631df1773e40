// Package main renews certificates, one request for a domain at a time.
// Who claims a domain that is not served gives the claim up again.
//
// run: heap steady
package main

import (
	"errors"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type renewer struct {
	claims sync.Map
}

var errForeign = errors.New("a domain of somebody else")

func (n *renewer) renew(domain string) error {
	if _, claimed := n.claims.LoadOrStore(domain, true); claimed {
		return nil
	}
	if !strings.HasSuffix(domain, ".example.com") {
		n.claims.Delete(domain)
		return errForeign
	}
	err := order(domain)
	n.claims.Delete(domain)
	return err
}

func order(domain string) error {
	if domain == "" {
		return errForeign
	}
	return nil
}

func main() {
	n := &renewer{}
	probe.Calls(func(i int) { n.renew(probe.Address(i)) })
}
