// An API type that embeds a list of peers and walks the promoted map without the promoted mutex.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type peerList struct {
	sync.RWMutex
	peers map[string]int // name to block height
}

func (l *peerList) heard(name string, height int) {
	l.Lock()
	defer l.Unlock()
	l.peers[name] = height
}

func (l *peerList) lost(name string) {
	l.Lock()
	defer l.Unlock()
	delete(l.peers, name)
}

type api struct {
	*peerList
	version string
}

func (a api) highest() (height int) {
	for _, h := range a.peers { // want ML404:"peers"
		height = max(height, h)
	}
	return height
}

func main() {
	list := &peerList{peers: map[string]int{}}
	a := api{peerList: list, version: "1.0"}
	probe.AtOnce(
		func() { list.heard("node-1", 100) },
		func() { list.lost("node-1") },
		func() { a.highest() },
	)
}
