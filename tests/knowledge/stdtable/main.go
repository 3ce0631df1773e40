// Command stdtable writes what maplint knows of the standard library: the types of all exported declarations,
// one JSON file per package, for linux/amd64 without cgo.
//
//	go run . FOLDER PACKAGE...
//
// The format stands in maplint/knowledge/std_table.py, which reads it.
package main

import (
	"bytes"
	"encoding/json"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const format = 1

type typeEntry struct {
	Alias      string            `json:"a,omitempty"`
	Methods    map[string]string `json:"m,omitempty"`
	Pointer    []string          `json:"p,omitempty"`
	TypeParams string            `json:"tp,omitempty"`
	Underlying string            `json:"u,omitempty"`
}

type packageTable struct {
	Consts map[string]string    `json:"consts,omitempty"`
	Funcs  map[string]string    `json:"funcs,omitempty"`
	Types  map[string]typeEntry `json:"types,omitempty"`
	Vars   map[string]string    `json:"vars,omitempty"`
}

type indexTable struct {
	Format   int               `json:"format"`
	Go       string            `json:"go"`
	Packages map[string]string `json:"packages"`
}

func main() {
	log.SetFlags(0)
	folder := os.Args[1]
	build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = "linux", "amd64", false
	std := newStdlib()
	for _, path := range os.Args[2:] {
		std.addPackage(path)
	}
	std.addReached()
	index := indexTable{Format: format, Go: runtime.Version(), Packages: map[string]string{}}
	for pkg, table := range std.tables {
		index.Packages[pkg.Path()] = pkg.Name()
		writeJSON(filepath.Join(folder, strings.ReplaceAll(pkg.Path(), "/", ".")+".json"), table)
	}
	writeJSON(filepath.Join(folder, "index.json"), index)
}

// A stdlib collects the tables, and the types that some signature names and nobody has described yet.
type stdlib struct {
	importer types.Importer
	tables   map[*types.Package]*packageTable
	pending  []*types.TypeName
}

func newStdlib() *stdlib {
	return &stdlib{
		importer: importer.ForCompiler(token.NewFileSet(), "source", nil),
		tables:   map[*types.Package]*packageTable{},
	}
}

func (s *stdlib) table(pkg *types.Package) *packageTable {
	table := s.tables[pkg]
	if table == nil {
		table = &packageTable{
			Consts: map[string]string{},
			Funcs:  map[string]string{},
			Types:  map[string]typeEntry{},
			Vars:   map[string]string{},
		}
		s.tables[pkg] = table
	}
	return table
}

func (s *stdlib) writer(pkg *types.Package) *typeWriter {
	reached := func(name *types.TypeName) { s.pending = append(s.pending, name) }
	return &typeWriter{pkg: pkg, reached: reached, renamed: map[*types.TypeParam]string{}}
}

func (s *stdlib) addPackage(path string) {
	pkg, err := s.importer.Import(path)
	if err != nil {
		log.Fatal(err)
	}
	table := s.table(pkg)
	for _, name := range pkg.Scope().Names() {
		if !token.IsExported(name) {
			continue
		}
		switch object := pkg.Scope().Lookup(name).(type) {
		case *types.TypeName:
			s.addType(object)
		case *types.Func:
			table.Funcs[name] = s.writer(pkg).write(object.Type())
		case *types.Var:
			table.Vars[name] = s.writer(pkg).write(object.Type())
		case *types.Const:
			table.Consts[name] = s.writer(pkg).write(object.Type())
		}
	}
}

// addReached describes the types that exported declarations name without being exported themselves, and those
// of internal packages, until nothing new is named.
func (s *stdlib) addReached() {
	for len(s.pending) > 0 {
		name := s.pending[0]
		s.pending = s.pending[1:]
		if _, known := s.table(name.Pkg()).Types[name.Name()]; !known {
			s.addType(name)
		}
	}
}

func (s *stdlib) addType(name *types.TypeName) {
	pkg := name.Pkg()
	if pkg.Scope().Lookup(name.Name()) != name {
		log.Fatalf("%v is not declared at package level", name)
	}
	if types.Universe.Lookup(name.Name()) != nil {
		log.Fatalf("%v would be read as the predeclared type", name)
	}
	table := s.table(pkg)
	switch t := name.Type().(type) {
	case *types.Alias:
		w := s.writer(pkg)
		table.Types[name.Name()] = typeEntry{Alias: w.write(t.Rhs()), TypeParams: w.typeParams(t.TypeParams())}
	case *types.Named:
		table.Types[name.Name()] = s.namedEntry(t)
	case *types.Basic: // unsafe.Pointer
		table.Types[name.Name()] = typeEntry{Alias: t.String()}
	}
}

func (s *stdlib) namedEntry(t *types.Named) typeEntry {
	w := s.writer(t.Obj().Pkg())
	entry := typeEntry{
		Methods:    map[string]string{},
		TypeParams: w.typeParams(t.TypeParams()),
		Underlying: w.write(t.Underlying()),
	}
	for method := range t.Methods() {
		if !method.Exported() {
			continue
		}
		signature := method.Signature()
		for i := range signature.RecvTypeParams().Len() {
			w.renamed[signature.RecvTypeParams().At(i)] = t.TypeParams().At(i).Obj().Name()
		}
		entry.Methods[method.Name()] = w.write(signature)
		if _, ok := signature.Recv().Type().(*types.Pointer); ok {
			entry.Pointer = append(entry.Pointer, method.Name())
		}
	}
	slices.Sort(entry.Pointer)
	return entry
}

// writeJSON writes compact JSON with sorted keys: encoding/json sorts those of maps, and the fields above stand in
// the order of their keys.
func writeJSON(path string, value any) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
