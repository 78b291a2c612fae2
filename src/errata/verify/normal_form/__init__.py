"""The normal form: terms as polynomials over interned atoms, in which equal things look alike.

workspace: atoms, budget, switches. factors, polynomials: arithmetic with denominators. logarithms: log, exp, powers.
signs, facts: what is known to be positive, from sorts and from definedness. totals, eliminations: sums, integrals
and means as one operator, and the rules that carry one out. substitution: replacing variables. derivatives, extrema.
laws, law_objects: densities as parts of one joint. arrays: vectors and matrices by entries. means: E[...] over all
that is random. lowering and its companions: from terms. assembly: how it fits together. zero: the final test.
"""
