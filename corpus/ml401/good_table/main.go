// An encoder whose options are applied to a clone; nobody writes to the package's table.
//
// run: ok
package main

import (
	"maps"
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
	known := maps.Clone(encodings)
	if !o.brotli {
		delete(known, ".br")
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
