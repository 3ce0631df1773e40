"""The command line: arguments in, reports on standard output, everything else on standard error, an exit status.

`run.run` is the entrance; nothing but it turns an error into an exit status.
"""
