package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// variables finds the variables that are maps: package variables, fields, and what functions with a body declare;
// and, as undetermined, those of which the checker does not know the type.
type variables struct {
	files  *token.FileSet
	info   *types.Info
	unused map[token.Pos]bool // parameters and results of function types, which no code can name
	report func(line)
}

func (v *variables) list(syntax []*ast.File) {
	for _, file := range syntax {
		ast.Inspect(file, v.visit)
	}
	for _, object := range v.info.Defs {
		v.variable(object)
	}
	for _, object := range v.info.Implicits {
		v.variable(object)
	}
}

func (v *variables) visit(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.FuncDecl:
		return v.inside(node.Type, node.Body)
	case *ast.FuncLit:
		return v.inside(node.Type, node.Body)
	case *ast.FuncType:
		v.leaveOut(node.Params)
		v.leaveOut(node.Results)
	}
	return true
}

// inside visits the types of a signature and the body, but not the signature itself.
func (v *variables) inside(signature *ast.FuncType, body *ast.BlockStmt) bool {
	for _, list := range []*ast.FieldList{signature.Params, signature.Results} {
		if list != nil {
			for _, field := range list.List {
				ast.Inspect(field.Type, v.visit)
			}
		}
	}
	if body != nil {
		ast.Inspect(body, v.visit)
	}
	return false
}

func (v *variables) leaveOut(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			v.unused[name.Pos()] = true
		}
	}
}

func (v *variables) variable(object types.Object) {
	found, ok := object.(*types.Var)
	if !ok || found.Name() == "_" || found.Name() == "" || v.unused[found.Pos()] {
		return
	}
	kind := found.Type()
	if pointer, ok := kind.Underlying().(*types.Pointer); ok {
		kind = pointer.Elem()
	}
	switch {
	case isInvalid(kind):
		v.report(lineAt("undetermined variable", v.files, found.Pos()))
	case isMap(kind) || types.Unalias(kind).String() == "sync.Map":
		declared := lineAt("variable", v.files, found.Pos())
		declared.Name = found.Name()
		v.report(declared)
	}
}
