"""The entry of `maplint` and of `python -m maplint`."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def command() -> NoReturn:
    """The command: runs the command line and ends the process there and then.

    To search the model for cycles, or to take it apart at the end, would take seconds and give nothing.
    """
    gc.disable()
    os._exit(main())


def main() -> int:
    """Run the command line of this process, both streams flushed; returns the exit status."""
    try:
        from maplint.cli.run import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    command()
