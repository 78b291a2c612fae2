"""Measure errata, and SymPy beside it, on the notes, the library and the folders that are named.

  python bench/run.py [FOLDER...]      a table on standard output, every figure in bench/results.json
"""

import sys

if __name__ == "__main__":
    from measure import main

    sys.exit(main())
