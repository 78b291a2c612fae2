"""The word form: matrix expressions as sums of words over letters, general over all sizes.

A word is a product of letters (a matrix or vector, its transpose, the inverse of a sum), its coefficient a scalar
of the normal form. Where a word passes through dimension 1 it falls apart into scalars, so x^T A x is a trace.

letters: words and the matrices made of them. algebra: products, transposes, traces, inverses and the rewriting that
keeps words reduced. determinants. gradients: derivatives in denominator layout. moments: means of Gaussian vectors.
renewal: letters replaced. lowering: from terms. equality: the final test.
"""
