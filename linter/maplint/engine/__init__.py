"""From paths, settings and rules to a report; `run.analyse` is the entrance.

Rules come in as values: this room knows none of them but by the ids in `precedence.ORDERS` and ML001.
"""
