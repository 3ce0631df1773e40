"""What a run is told to do: the table of settings, the configuration file, and the two laid over each other.

`keys.KEYS` is the one table that the command line's flags, the reader of the file and its JSON Schema are made of.
"""
