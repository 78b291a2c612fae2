"""Statements of a note compared with a derivation of the library that they are meant to be, up to renaming."""
