"""Findings to text: one module for each format, each with a `render` that needs nothing but its arguments.

`formats` names the formats and imports the module of one when it is asked for: SARIF's object model alone
costs more than everything else at start-up.
"""
