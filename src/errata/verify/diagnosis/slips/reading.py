"""The step holds in one way to read it and fails in another.

It is conditional: the reading that makes it right is named, such as the base of a logarithm or the layout of a
derivative. Say which one is meant.
"""

NAME = "reading"
