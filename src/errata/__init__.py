"""errata: a compiler for the mathematics in notes."""

__version__ = "0.1.0"
