"""Where declarations come from: modules, vendor folders, replaced modules, build constraints, broken code."""

from __future__ import annotations

from programs import program
from written import check

LIBRARY = """
    package sets

    type Set map[string]bool

    type Keeper struct{ Sets map[string]Set }

    var All = Set{}

    func (k *Keeper) Get(name string) Set { return k.Sets[name] }

    func New() *Keeper { return &Keeper{} }
"""
USER = """
    package m

    import "example.org/go-sets/v2"

    type T struct{ sets.Keeper }

    func F(t *T) {
        sets.All["a"] = true //= assign example.org/go-sets/v2.All
        own := t.Get("b")
        own["c"] = true //= assign F.own
        t.Sets["d"] = own //= assign example.org/go-sets/v2.Keeper.Sets
        for name, set := range sets.New().Sets { //= range example.org/go-sets/v2.Keeper.Sets
            set[name] = true //= assign F.set
        }
    }
"""


def test_vendored_packages() -> None:
    check({"a.go": USER, "vendor/example.org/go-sets/v2/sets.go": LIBRARY})


def test_a_vendored_package_may_import_another_and_have_a_name_of_its_own() -> None:
    files = {
        "a.go": """
            package m

            import (
                "example.org/outer"
                "example.org/x.y"
            )

            func F(o outer.Outer) {
                o.Inner().Names["a"] = 1 //= assign example.org/x.y.Box.Names
                odd.Make()["b"] = 1 //= assign F.(expression)
            }
        """,
        "vendor/example.org/outer/o.go": """
            package outer

            import "example.org/x.y"

            type Outer struct{ box *odd.Box }

            func (o Outer) Inner() *odd.Box { return o.box }
        """,
        "vendor/example.org/x.y/odd.go": """
            package odd

            type Box struct{ Names map[string]int }

            func Make() map[string]int { return nil }
        """,
        "vendor/example.org/x.y/odd_test.go": "package odd\n\nfunc Make() int { return 0 }\n",
        "vendor/example.org/x.y/gen.go": "//go:build ignore\n\npackage main\n\nfunc Make() int { return 0 }\n",
    }
    check(files)


def test_modules_replaced_by_a_folder() -> None:
    mod = "module example.com/m\n\ngo 1.24\n\nreplace example.org/go-sets/v2 => ./third/sets\n"
    files = {
        "go.mod": mod,
        "a.go": USER,
        "third/sets/go.mod": "module example.org/go-sets/v2\n",
        "third/sets/s.go": LIBRARY,
    }
    check(files)


def test_what_is_only_imported_is_not_analysed() -> None:
    found = program({"a.go": USER, "vendor/example.org/go-sets/v2/sets.go": LIBRARY})
    assert [package.import_path for package in found.packages] == ["example.com/m"]
    assert {site.symbol for site in found.inventory(all_variables=False).sites} == set()
    assert {function.package for function in found.functions} == {"example.com/m"}


def test_files_that_exclude_each_other() -> None:
    check(
        {
            "a.go": """
                package m

                func F(c *conn) {
                    c.names["a"] = 1 //= assign conn.names
                    c.handles[1] = 2 //= assign conn.handles
                    table["b"] = 1 //= assign table
                }
            """,
            "a_linux.go": """
                package m

                type conn struct{ names map[string]int }

                var table = map[string]int{}

                func (c *conn) drop(n string) {
                    delete(c.names, n) //= delete conn.names
                    clear(table) //= clear table
                }
            """,
            "a_windows.go": """
                package m

                type conn struct {
                    names   map[string]int
                    handles map[uintptr]int
                }

                var table = map[string]int{}

                func (c *conn) drop(n string) {
                    delete(c.names, n) //= delete conn.names
                    clear(c.handles) //= clear conn.handles
                    clear(table) //= clear table
                }
            """,
        }
    )


def test_modules_below_each_other_are_apart() -> None:
    check(
        {
            "a.go": "package m\n\nvar M = map[int]int{}\n\nfunc F() { M[1] = 1 } //= assign M\n",
            "sub/go.mod": "module example.com/m/sub\n\nreplace example.com/m => ../\n",
            "sub/b.go": "package sub\n\nfunc F() { M[1] = 1 }\n",
        }
    )


def test_unknown_packages_and_broken_code_take_nothing_else_along() -> None:
    check(
        {
            "a.go": """
                package m

                import (
                    "example.org/absent"
                    "../up"
                )

                type T struct {
                    absent.Embedded
                    known map[string]absent.Thing
                    odd   absent.Map
                }

                func F(t *T, undeclared Missing) {
                    t.known["a"] = absent.Make() //= assign T.known
                    t.odd["b"] = 1
                    t.nothing["c"] = 2
                    undeclared.field["d"]++
                    up.M["e"] = 3
                    for _, thing := range t.known { //= range T.known
                        thing.names["f"] = 4
                    }
                }

                func G(m map[string]int {
                    m["g"] = 5 //= assign G.m
                }

                func H(m map[string]int) {
                    m["h" = 6 //= assign H.m
                    m["i"] = 7 //= assign H.m
                }

                type self self
                type loop = loop
                type a struct{ b }
                type b struct{ *a }

                var x, y = y, x

                func I(s self, l loop, v a) {
                    s["a"], l["b"], x["c"] = 1, 2, 3
                    v.missing["d"] = 4
                }
            """
        }
    )


def test_packages_of_a_tree_without_go_mod_import_one_another_by_where_it_lay() -> None:
    found = program(
        {
            "name.go": """
                package name

                var Root = map[string]int{}
            """,
            "store/set/set.go": """
                package set

                type Set struct{ Items map[string]bool }

                var All = &Set{}
            """,
            "cmd/server/main.go": """
                package main

                import (
                    "code.example.org/owner/name"
                    "code.example.org/owner/name/store/set"
                    other "code.example.org/other/set"
                )

                func main() {
                    set.All.Items["a"] = other.Has("a")
                    name.Root["b"] = 1
                }
            """,
            "cmd/client/main.go": """
                package main

                import "code.example.org/owner/name/store/set"

                func main() { set.All.Items["c"] = true }
            """,
        },
        is_module=False,
    )
    inserts = {
        symbol: sorted(use.function.package for use in site.inserts) for symbol, site in found.sites.items()
    }
    root = next(symbol for symbol in inserts if symbol.endswith(".Root"))
    assert inserts == {"store/set.Set.Items": ["cmd/client", "cmd/server"], root: ["cmd/server"]}


def test_packages_may_import_one_another_through_their_tests() -> None:
    check(
        {
            "a/a.go": """
                package a

                import "example.com/m/b"

                func Fill() { b.Items["a"] = 1 } //= assign b.Items
            """,
            "b/b.go": """
                package b

                import "example.com/m/c"

                var Items = c.New().Table
            """,
            "b/b_test.go": """
                package b

                import "example.com/m/a"

                func help() { a.Fill(); Items["b"] = 1 } //= assign b.Items
            """,
            "c/c.go": """
                package c

                type Made struct{ Table map[string]int }

                func New() Made { return Made{Table: map[string]int{}} }
            """,
        },
        tests=True,
    )
