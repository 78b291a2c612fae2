"""Exact evaluation of one interpretation: rationals where possible, balls of proven radius elsewhere.

Independent of the vectorised evaluator: one interpretation at a time, plain recursion over points and indices.
"""
