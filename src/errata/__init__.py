"""errata: a compiler for the mathematics in notes."""

from errata.api import check

__all__ = ["__version__", "check"]

__version__ = "0.1.0"
