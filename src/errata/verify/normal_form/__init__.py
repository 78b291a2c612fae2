"""The normal form: terms as polynomials over interned atoms, in which equal things look alike.

workspace: atoms, budget, switches. polynomials: arithmetic with denominators. logarithms: log, exp, powers.
signs: what is known to be positive. totals, eliminations: sums, integrals and means as one operator.
substitution: replacing variables. derivatives. laws: densities of laws as parts of one joint. arrays: vectors and
matrices by entries. lowering: from terms. zero: the final test.
"""
