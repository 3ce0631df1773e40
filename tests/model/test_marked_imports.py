"""What names mean across files, packages, modules and builds; marks as in `marks`."""

from __future__ import annotations

from marks import check

STORE = """
    package store

    type Store struct{ Items map[string]int }

    var Default = &Store{}

    func (s *Store) Put() {}
"""


def test_imports_renamed_and_dotted() -> None:
    user = """
        package m

        import (
            . "example.com/m/dot"
            other "example.com/m/store"
            _ "example.com/m/unnamed"
        )

        var store = Local // names: Local dot.Local

        func F(d *Dotted) {
            store := 1 // names: store F.store
            _ = store
            other.Default.Put() // names: Default store.Default, Put store.Store.Put
            use(d.Field) // names: Field dot.Dotted.Field
            Call() // names: Call dot.Call
            var other struct{ Default int }
            use(other.Default) // names: other F.other
        }
    """
    dot = "package dot\n\ntype Dotted struct{ Field int }\n\nvar Local int\n\nfunc Call() {}\n"
    check({"m.go": user, "store/s.go": STORE, "dot/d.go": dot, "unnamed/u.go": "package unnamed\n"})


def test_a_package_level_name_is_seen_in_every_file_and_an_import_in_its_own() -> None:
    check(
        {
            "a.go": 'package m\n\nimport s "example.com/m/store"\n\nvar shared = s.Default\n',
            "b.go": """
                package m

                func F() {
                    shared.Put() // names: shared shared, Put store.Store.Put
                    s := shared // names: s F.s, shared shared
                    s.Put() // names: s F.s, Put store.Store.Put
                }
            """,
            "store/s.go": STORE,
        }
    )


USES_STORE = """
    package main

    import "example.com/lib/store"

    func F() {
        store.Default.Put() // names: Default example.com/lib/store.Default, Put example.com/lib/store.Store.Put
        use(store.Default.Items) // names: Items example.com/lib/store.Store.Items
    }
"""


def test_a_module_replaced_by_a_local_folder() -> None:
    check(
        {
            "go.mod": "module example.com/m\n\nreplace example.com/lib v1.2.3 => ./third/lib\n",
            "m.go": USES_STORE,
            "third/lib/go.mod": "module example.com/fork\n",
            "third/lib/store/s.go": STORE,
        }
    )


def test_a_vendored_package() -> None:
    check({"m.go": USES_STORE, "vendor/example.com/lib/store/s.go": STORE})


def test_the_modules_of_a_go_work() -> None:
    check(
        {
            "go.work": "go 1.24\n\nuse (\n\t./app\n\t./lib\n)\n",
            "go.mod": "module example.com/unused\n",
            "app/go.mod": "module example.com/app\n",
            "app/main.go": USES_STORE,
            "lib/go.mod": "module example.com/lib\n",
            "lib/store/s.go": STORE,
        }
    )


def test_files_that_exclude_each_other_are_alternatives() -> None:
    check(
        {
            "a_linux.go": "package m\n\ntype T struct{ fd int }\n\nfunc open() *T { return nil }\n",
            "a_windows.go": "package m\n\ntype T struct{ handle int }\n\nfunc open() *T { return nil }\n",
            "use_linux.go": "package m\n\nfunc F() int { return open().fd } // names: fd T.fd\n",
            "use_windows.go": "package m\n\nfunc G() int { return open().handle } // names: handle T.handle\n",
            "use.go": """
                package m

                func H() (t *T) {
                    t = open() // names: open open, t H.t
                    use(t.fd) // names: fd T.fd
                    use(t.handle) // names: handle T.handle
                    return
                }
            """,
        }
    )


def test_external_test_packages() -> None:
    check(
        {
            "store/s.go": STORE,
            "store/in_test.go": "package store\n\nvar hook = Default // names: Default store.Default\n",
            "store/out_test.go": """
                package store_test

                import "example.com/m/store"

                var Default = store.Default // names: Default store.Default, Default store_test.Default

                func F() {
                    Default.Put() // names: Default store_test.Default, Put store.Store.Put
                }
            """,
        },
        tests=True,
    )
