// Objects that work out their checksums once, whoever asks first, and keep them in a map.
//
// run: ok
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
	once  sync.Once
	known map[algorithm]uint32
}

func newObject(data string) *object {
	return &object{data: []byte(data), known: map[algorithm]uint32{}}
}

func (o *object) checksum(a algorithm) uint32 {
	o.once.Do(func() {
		o.known[crc] = crc32.ChecksumIEEE(o.data)
		o.known[adler] = adler32.Checksum(o.data)
	})
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
