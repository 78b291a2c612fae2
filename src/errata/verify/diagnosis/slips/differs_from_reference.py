"""The line is meant to be one of the library, by `errata: as ID`, and is another one, whatever the names are called.

A definition claims nothing, so that no counterexample can tell that it was copied wrongly: a square that is missing in
a recursion for the mean of squares, a bound that begins elsewhere. The names of the note are matched with those of the
derivation by the left side, and the right side must be worth the same under what the derivation declares.
"""

NAME = "differs-from-reference"
