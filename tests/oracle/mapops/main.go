// Command mapops lists what go/types knows of the maps of some packages, as JSON lines: every file, every variable
// that is a map, and every operation on a map with the variable that it names. Variables and operations that may be
// such, because the type could not be determined, are listed as undetermined.
//
//	go run . [-tags TAGS] [-module PATH=FOLDER]... FOLDER...
//
// One build is looked at: linux/amd64 without cgo and without tests. Imports are found in vendor folders, in the
// named modules and in GOROOT; what is missing or does not type-check is left out, and the errors are counted.
package main

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/build"
	"go/token"
	"log"
	"os"
	"strings"
)

// A line is one line of the output.
type line struct {
	Kind     string `json:"kind"` // file, errors, or variable or operation, with "undetermined" before it
	Op       string `json:"op,omitempty"`
	Path     string `json:"path,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Variable string `json:"variable,omitempty"` // place of its declaration and [] for each index, or expression
	Name     string `json:"name,omitempty"`     // of the variable
	Count    int    `json:"count,omitempty"`    // of errors
}

// lineAt begins a line about a place.
func lineAt(kind string, files *token.FileSet, pos token.Pos) line {
	place := files.PositionFor(pos, false)
	return line{Kind: kind, Path: place.Filename, Line: place.Line, Column: place.Column}
}

type modules map[string]string

func (m modules) String() string { return "" }

func (m modules) Set(text string) error {
	path, folder, _ := strings.Cut(text, "=")
	m[path] = folder
	return nil
}

func main() {
	log.SetFlags(0)
	tags := flag.String("tags", "", "build tags, separated by commas")
	found := modules{}
	flag.Var(found, "module", "module path and its folder")
	flag.Parse()
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled = "linux", "amd64", false
	context.ToolTags, context.BuildTags = nil, strings.Split(*tags, ",")
	loader := newLoader(&context, found, flag.Args())
	out := json.NewEncoder(os.Stdout)
	for _, folder := range flag.Args() {
		if loaded := loader.load(folder); loaded != nil {
			list(loader.files, loaded, func(found line) {
				if err := out.Encode(found); err != nil {
					log.Fatal(err)
				}
			})
		}
	}
	if err := out.Encode(line{Kind: "errors", Count: loader.errors}); err != nil {
		log.Fatal(err)
	}
}

// list reports the files, variables and operations of one package.
func list(files *token.FileSet, loaded *loaded, report func(line)) {
	for _, file := range loaded.syntax {
		report(line{Kind: "file", Path: files.PositionFor(file.Package, false).Filename})
		ops := &operations{files: files, info: loaded.info, written: map[*ast.IndexExpr]bool{}, report: report}
		ast.Inspect(file, ops.targets)
		ast.Inspect(file, ops.visit)
	}
	variables := &variables{files: files, info: loaded.info, unused: map[token.Pos]bool{}, report: report}
	variables.list(loaded.syntax)
}
