"""The entry of `maplint` and of `python -m maplint`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process; returns the exit status."""
    try:
        from maplint.cli.run import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
