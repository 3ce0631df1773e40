// Objects that work out a checksum when it is first asked for, whoever asks, and keep it in a map.
//
// run: race
package main

import (
	"hash/adler32"
	"hash/crc32"
	"sync"
)

type algorithm byte

const (
	crc algorithm = iota
	adler
)

type object struct {
	data  []byte
	known map[algorithm]uint32
}

func newObject(data string) *object {
	return &object{data: []byte(data), known: map[algorithm]uint32{}}
}

func (o *object) checksum(a algorithm) uint32 {
	if sum, ok := o.known[a]; ok { // want ML401:"known"
		return sum
	}
	if a == crc {
		o.known[a] = crc32.ChecksumIEEE(o.data)
	} else {
		o.known[a] = adler32.Checksum(o.data)
	}
	return o.known[a]
}

func main() {
	for range 200 {
		o := newObject("the body of the object")
		var readers sync.WaitGroup
		for _, a := range []algorithm{crc, adler, crc} {
			readers.Add(1)
			go func() {
				defer readers.Done()
				o.checksum(a)
			}()
		}
		readers.Wait()
	}
}
