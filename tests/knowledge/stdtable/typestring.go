package main

import (
	"fmt"
	"go/types"
	"strings"
)

// A typeWriter spells types as they are spelt inside one package: its own types bare, those of other packages
// with their full import path (net/url.URL), aliases resolved, parameter names left out.
type typeWriter struct {
	pkg *types.Package
	// reached is told every named type that is written.
	reached func(*types.TypeName)
	// renamed holds the type parameters of a receiver under the names that the type's declaration gives them.
	renamed map[*types.TypeParam]string
}

func (w *typeWriter) write(t types.Type) string {
	switch t := t.(type) {
	case *types.Alias:
		if t.Obj() == types.Universe.Lookup("any") {
			return "any"
		}
		return w.write(types.Unalias(t))
	case *types.Basic:
		return w.basic(t)
	case *types.Named:
		return w.named(t)
	case *types.TypeParam:
		if name, ok := w.renamed[t]; ok {
			return name
		}
		return t.Obj().Name()
	case *types.Pointer:
		return "*" + w.write(t.Elem())
	case *types.Slice:
		return "[]" + w.write(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), w.write(t.Elem()))
	case *types.Map:
		return "map[" + w.write(t.Key()) + "]" + w.write(t.Elem())
	case *types.Chan:
		return w.channel(t)
	case *types.Signature:
		return w.signature(t)
	case *types.Struct:
		return w.structure(t)
	case *types.Interface:
		return w.iface(t)
	case *types.Union:
		return w.union(t)
	}
	panic(fmt.Sprintf("%s: no spelling for %T %v", w.pkg.Path(), t, t))
}

func (w *typeWriter) basic(t *types.Basic) string {
	if t.Kind() == types.Invalid {
		panic(w.pkg.Path() + ": a type that does not check")
	}
	return t.String()
}

func (w *typeWriter) named(t *types.Named) string {
	name := t.Obj().Name()
	if pkg := t.Obj().Pkg(); pkg != nil {
		w.reached(t.Origin().Obj())
		if pkg != w.pkg {
			name = pkg.Path() + "." + name
		}
	}
	if t.TypeArgs().Len() == 0 {
		return name
	}
	var args []string
	for arg := range t.TypeArgs().Types() {
		args = append(args, w.write(arg))
	}
	return name + "[" + strings.Join(args, ", ") + "]"
}

func (w *typeWriter) channel(t *types.Chan) string {
	elem := w.write(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + elem
	case types.RecvOnly:
		return "<-chan " + elem
	}
	if strings.HasPrefix(elem, "<-") {
		elem = "(" + elem + ")"
	}
	return "chan " + elem
}

func (w *typeWriter) signature(t *types.Signature) string {
	var params []string
	for i := range t.Params().Len() {
		param := t.Params().At(i).Type()
		if slice, ok := param.(*types.Slice); ok && t.Variadic() && i == t.Params().Len()-1 {
			params = append(params, "..."+w.write(slice.Elem()))
			continue
		}
		params = append(params, w.write(param))
	}
	return "func" + w.typeParams(t.TypeParams()) + "(" + strings.Join(params, ", ") + ")" + w.results(t.Results())
}

func (w *typeWriter) results(t *types.Tuple) string {
	var results []string
	for result := range t.Variables() {
		results = append(results, w.write(result.Type()))
	}
	switch len(results) {
	case 0:
		return ""
	case 1:
		return " " + results[0]
	}
	return " (" + strings.Join(results, ", ") + ")"
}

func (w *typeWriter) typeParams(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	var params []string
	for param := range list.TypeParams() {
		params = append(params, w.write(param)+" "+w.constraint(param))
	}
	return "[" + strings.Join(params, ", ") + "]"
}

func (w *typeWriter) constraint(param *types.TypeParam) string {
	if iface, ok := param.Constraint().(*types.Interface); ok && iface.IsImplicit() {
		return w.write(iface.EmbeddedType(0))
	}
	return w.write(param.Constraint())
}

// structure keeps exported fields and every embedded one: an unexported embedded struct still promotes.
func (w *typeWriter) structure(t *types.Struct) string {
	var fields []string
	for field := range t.Fields() {
		switch {
		case field.Embedded():
			fields = append(fields, w.write(field.Type()))
		case field.Exported():
			fields = append(fields, field.Name()+" "+w.write(field.Type()))
		}
	}
	return "struct{" + strings.Join(fields, "; ") + "}"
}

// iface writes the whole exported method set, embedded interfaces dissolved, and after it the type set.
func (w *typeWriter) iface(t *types.Interface) string {
	var elems []string
	for method := range t.Methods() {
		if method.Exported() {
			elems = append(elems, method.Name()+strings.TrimPrefix(w.signature(method.Signature()), "func"))
		}
	}
	elems = append(elems, w.typeSet(t)...)
	return "interface{" + strings.Join(elems, "; ") + "}"
}

func (w *typeWriter) typeSet(t *types.Interface) []string {
	var elems []string
	for embedded := range t.EmbeddedTypes() {
		inner, isInterface := embedded.Underlying().(*types.Interface)
		switch {
		case types.Unalias(embedded) == types.Universe.Lookup("comparable").Type():
			elems = append(elems, "comparable")
		case isInterface:
			elems = append(elems, w.typeSet(inner)...)
		default:
			elems = append(elems, w.write(embedded))
		}
	}
	return elems
}

func (w *typeWriter) union(t *types.Union) string {
	var terms []string
	for term := range t.Terms() {
		text := w.write(term.Type())
		if term.Tilde() {
			text = "~" + text
		}
		terms = append(terms, text)
	}
	return strings.Join(terms, " | ")
}
