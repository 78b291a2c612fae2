"""The left side was defined before, in another section, and this line says something else of it.

As a claim it fails; as a new definition it claims nothing. Give one of the two another name.
"""

NAME = "redefined"
