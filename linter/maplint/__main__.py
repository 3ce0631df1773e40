"""The entry of `maplint` and of `python -m maplint`."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def command() -> NoReturn:
    """The command: runs the command line and ends the process there and then.

    To take a large model apart at the end would take seconds and give nothing.
    """
    os._exit(main())


def main() -> int:
    """Run the command line of this process, both streams flushed; returns the exit status."""
    gc.disable()  # what is left when a run ends would be searched for cycles, and is not used any more
    try:
        from maplint.cli.run import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    command()
