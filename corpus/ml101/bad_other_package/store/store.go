// Package store holds the blobs of the process.
package store

import "sync"

// Mu guards Blobs.
var Mu sync.Mutex

// Blobs are the stored blobs by name.
var Blobs = map[string][]byte{} // want ML101:"Blobs"
