package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// A loaded package; syntax and info are there for the packages that were asked for.
type loaded struct {
	types  *types.Package
	syntax []*ast.File
	info   *types.Info
}

// A loader type-checks packages from source, each once.
type loader struct {
	context *build.Context
	modules map[string]string
	wanted  []string
	files   *token.FileSet
	known   map[string]*loaded
	errors  int
}

func newLoader(context *build.Context, modules map[string]string, wanted []string) *loader {
	return &loader{context, modules, wanted, token.NewFileSet(), map[string]*loaded{}, 0}
}

// load gives the package in a folder, or nil where no file of it is in the build.
func (l *loader) load(folder string) *loaded {
	if known, ok := l.known[folder]; ok {
		return known
	}
	l.known[folder] = nil
	listed, err := l.context.ImportDir(folder, 0)
	if listed == nil || len(listed.GoFiles) == 0 {
		if err == nil {
			l.errors++
		}
		return nil
	}
	found := &loaded{}
	for _, name := range listed.GoFiles {
		file, err := parser.ParseFile(l.files, filepath.Join(folder, name), nil, parser.SkipObjectResolution)
		if err != nil {
			l.errors++
		}
		found.syntax = append(found.syntax, file)
	}
	l.check(folder, listed.Name, found)
	l.known[folder] = found
	return found
}

func (l *loader) check(folder, name string, found *loaded) {
	wanted := slices.Contains(l.wanted, folder)
	if wanted {
		found.info = &types.Info{
			Types:      map[ast.Expr]types.TypeAndValue{},
			Defs:       map[*ast.Ident]types.Object{},
			Uses:       map[*ast.Ident]types.Object{},
			Implicits:  map[ast.Node]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{},
		}
	}
	config := &types.Config{
		IgnoreFuncBodies: !wanted,
		Importer:         l,
		Sizes:            types.SizesFor("gc", "amd64"),
		Error: func(err error) {
			if wanted {
				l.errors++
			}
		},
	}
	found.types, _ = config.Check(l.importPath(folder), l.files, found.syntax, found.info)
	if found.types.Name() == "" {
		found.types.SetName(name)
	}
}

// importPath is how the checker names the package in a folder; only its uniqueness and the names of the standard
// library matter.
func (l *loader) importPath(folder string) string {
	if path, ok := strings.CutPrefix(folder, filepath.Join(l.context.GOROOT, "src")+"/"); ok {
		return strings.TrimPrefix(path, "vendor/")
	}
	return folder
}

func (l *loader) Import(path string) (*types.Package, error) {
	return l.ImportFrom(path, "", 0)
}

// ImportFrom gives the package that an import in a file of the folder means.
func (l *loader) ImportFrom(path, folder string, _ types.ImportMode) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	for _, candidate := range l.candidates(path, folder) {
		if entries, err := filepath.Glob(filepath.Join(candidate, "*.go")); err != nil || len(entries) == 0 {
			continue
		}
		if found := l.load(candidate); found != nil {
			return found.types, nil
		}
	}
	return nil, fmt.Errorf("package %s is not at hand", path)
}

func (l *loader) candidates(path, folder string) []string {
	var found []string
	for at := folder; at != filepath.Dir(at); at = filepath.Dir(at) {
		found = append(found, filepath.Join(at, "vendor", path))
	}
	for prefix := path; prefix != "."; prefix = filepath.Dir(prefix) {
		if root, ok := l.modules[prefix]; ok {
			found = append(found, filepath.Join(root, strings.TrimPrefix(path, prefix)))
		}
	}
	return append(found, filepath.Join(l.context.GOROOT, "src", path))
}
