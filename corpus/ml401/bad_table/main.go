// An encoder whose options are applied to the package's table itself, through another name for it.
//
// run: race
package main

import (
	"path"

	"example.com/corpus/probe"
)

var encodings = map[string]string{
	".br":  "br",
	".gz":  "gzip",
	".zst": "zstd",
}

type options struct {
	brotli bool
	zstd   bool
}

func encoding(file string, o options) string {
	known := encodings
	if !o.brotli {
		delete(known, ".br") // want ML401:"encodings"
	}
	if !o.zstd {
		delete(known, ".zst")
	}
	return known[path.Ext(file)]
}

func main() {
	probe.AtOnce(
		func() { encoding("app.js.br", options{zstd: true}) },
		func() { encoding("app.js.zst", options{brotli: true}) },
	)
}
