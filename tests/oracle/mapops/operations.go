package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// noVariable stands for maps that are no variable, such as the result of a call.
const noVariable = "expression"

var libraryOps = map[string]string{"Copy": "copy", "Insert": "copy", "DeleteFunc": "delete-func"}

// operations finds what one file does to maps, and, as undetermined, what it does to operands of which the checker
// does not know the type, because a dependency is missing.
type operations struct {
	files   *token.FileSet
	info    *types.Info
	written map[*ast.IndexExpr]bool // targets of assignments, which are no reads
	report  func(line)
}

// targets notes the index expressions that are assigned to.
func (o *operations) targets(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.AssignStmt:
		for _, left := range node.Lhs {
			o.target(left)
		}
	case *ast.IncDecStmt:
		o.target(node.X)
	case *ast.RangeStmt:
		o.target(node.Key)
		o.target(node.Value)
	}
	return true
}

func (o *operations) target(expr ast.Expr) {
	if index, ok := ast.Unparen(expr).(*ast.IndexExpr); ok {
		o.written[index] = true
	}
}

func (o *operations) visit(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.AssignStmt:
		for _, left := range node.Lhs {
			if node.Tok == token.ASSIGN {
				o.assigned(left, "assign", nil)
			} else {
				o.assigned(left, "op-assign", node)
			}
		}
	case *ast.IncDecStmt:
		o.assigned(node.X, "inc-dec", node)
	case *ast.RangeStmt:
		o.assigned(node.Key, "assign", nil)
		o.assigned(node.Value, "assign", nil)
		o.found("range", node, node.X)
	case *ast.IndexExpr:
		if !o.info.Types[node.X].IsType() && !o.written[node] {
			o.found("index", node, node.X)
		}
	case *ast.CallExpr:
		o.call(node)
	}
	return true
}

// assigned reports an assignment to a map element; it stands at the element where no statement is given.
func (o *operations) assigned(left ast.Expr, op string, at ast.Node) {
	if index, ok := ast.Unparen(left).(*ast.IndexExpr); ok {
		if at == nil {
			at = index
		}
		o.found(op, at, index.X)
	}
}

func (o *operations) call(call *ast.CallExpr) {
	switch function := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		builtin, ok := o.info.Uses[function].(*types.Builtin)
		if ok && len(call.Args) > 0 {
			switch name := builtin.Name(); name {
			case "delete", "clear", "len":
				o.found(name, call, call.Args[0])
			}
		}
	case *ast.SelectorExpr:
		o.method(call, function)
	}
}

func (o *operations) method(call *ast.CallExpr, function *ast.SelectorExpr) {
	called, ok := o.info.Uses[function.Sel].(*types.Func)
	if !ok && o.isUndetermined(function.X) {
		o.undetermined(function.Sel.Name, call)
	}
	if !ok || called.Pkg() == nil {
		return
	}
	if called.Pkg().Path() == "maps" && len(call.Args) > 0 {
		if op := libraryOps[called.Name()]; op != "" {
			variable, name := o.variable(call.Args[0])
			o.operation(op, call, variable, name)
		}
	}
	selection := o.info.Selections[function]
	if selection != nil && selection.Kind() == types.MethodVal && strings.HasPrefix(called.FullName(), "(*sync.Map).") {
		variable, name := o.promoted(selection, function.X)
		o.operation(called.Name(), call, variable, name)
	}
}

// promoted names the embedded field that a method belongs to, or else what it is called on.
func (o *operations) promoted(selection *types.Selection, base ast.Expr) (variable, name string) {
	kind := selection.Recv()
	variable, name = o.variable(base)
	path := selection.Index()
	for _, index := range path[:len(path)-1] {
		if pointer, ok := kind.Underlying().(*types.Pointer); ok {
			kind = pointer.Elem()
		}
		field := kind.Underlying().(*types.Struct).Field(index)
		kind = field.Type()
		variable, name = o.place(field)
	}
	return variable, name
}

// found reports an operation if its target is a map, or may be one.
func (o *operations) found(op string, at ast.Node, target ast.Expr) {
	switch {
	case o.isUndetermined(target):
		o.undetermined(op, at)
	case isMap(o.info.TypeOf(target)):
		variable, name := o.variable(target)
		o.operation(op, at, variable, name)
	}
}

func (o *operations) operation(op string, at ast.Node, variable, name string) {
	found := lineAt("operation", o.files, at.Pos())
	found.Op, found.Variable, found.Name = op, variable, name
	o.report(found)
}

func (o *operations) undetermined(op string, at ast.Node) {
	found := lineAt("undetermined operation", o.files, at.Pos())
	found.Op = op
	o.report(found)
}

// variable gives the place of the declaration of what an expression names as written, and its name.
func (o *operations) variable(expr ast.Expr) (variable, name string) {
	switch expr := ast.Unparen(expr).(type) {
	case *ast.Ident:
		return o.place(o.info.ObjectOf(expr))
	case *ast.SelectorExpr:
		return o.place(o.info.ObjectOf(expr.Sel))
	case *ast.StarExpr:
		return o.variable(expr.X)
	case *ast.UnaryExpr:
		if expr.Op == token.AND {
			return o.variable(expr.X)
		}
	case *ast.SliceExpr:
		return o.variable(expr.X)
	case *ast.IndexExpr:
		if variable, name = o.variable(expr.X); variable != noVariable {
			return variable + "[]", name
		}
	}
	return noVariable, ""
}

func (o *operations) place(object types.Object) (variable, name string) {
	found, ok := object.(*types.Var)
	if !ok {
		return noVariable, ""
	}
	place := o.files.PositionFor(found.Origin().Pos(), false)
	return fmt.Sprintf("%s:%d:%d", place.Filename, place.Line, place.Column), found.Name()
}

// isUndetermined tells whether the checker could not find the type of an expression.
func (o *operations) isUndetermined(expr ast.Expr) bool {
	return isInvalid(o.info.TypeOf(expr))
}

// isInvalid tells whether a type could not be determined; the checker notes none for what it does not understand.
func isInvalid(kind types.Type) bool {
	return kind == nil || kind.Underlying() == types.Typ[types.Invalid]
}

// isMap tells whether values of a type are maps; of a type parameter, whether all its type arguments are.
func isMap(kind types.Type) bool {
	if param, ok := types.Unalias(kind).(*types.TypeParam); ok {
		return allMaps(param.Constraint())
	}
	_, ok := kind.Underlying().(*types.Map)
	return ok
}

func allMaps(constraint types.Type) bool {
	if union, ok := types.Unalias(constraint).(*types.Union); ok {
		for i := range union.Len() {
			if !isMap(union.Term(i).Type()) {
				return false
			}
		}
		return union.Len() > 0
	}
	bound, ok := constraint.Underlying().(*types.Interface)
	if !ok {
		return isMap(constraint)
	}
	for i := range bound.NumEmbeddeds() {
		if allMaps(bound.EmbeddedType(i)) {
			return true
		}
	}
	return false
}
