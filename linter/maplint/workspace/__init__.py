"""From PATH arguments to the Go files of whole modules, grouped into packages; no Go toolchain is called.

`loading.load` is the entrance, `records` says what comes out, `constraints.excludes` whether two files can be
built together.
"""
