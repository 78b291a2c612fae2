"""What the command ends with."""

FINE, WRONG, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
