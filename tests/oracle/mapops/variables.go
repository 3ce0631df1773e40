package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// variables finds the variables that are maps: package variables, fields, and what functions with a body declare.
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
	if !ok || found.Name() == "_" || found.Name() == "" || v.unused[found.Pos()] || !isVariableOfMap(found.Type()) {
		return
	}
	place := v.files.PositionFor(found.Pos(), false)
	v.report(line{Kind: "variable", Path: place.Filename, Line: place.Line, Column: place.Column, Name: found.Name()})
}

// isVariableOfMap tells whether a variable of the type is a map, a sync.Map, or a pointer to one of them.
func isVariableOfMap(kind types.Type) bool {
	if pointer, ok := kind.Underlying().(*types.Pointer); ok {
		kind = pointer.Elem()
	}
	return isMap(kind) || types.Unalias(kind).String() == "sync.Map"
}
