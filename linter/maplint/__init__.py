"""maplint: finds the ways Go programs leak memory through maps and corrupt maps by concurrent access."""

__version__ = "0.1.0"
