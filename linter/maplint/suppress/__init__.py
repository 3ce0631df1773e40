"""Comments in Go files that hide findings: `directives` reads them, `apply` parts the findings by them."""
