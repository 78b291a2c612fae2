"""The diagnosis of a wrong step: what went wrong, and what the right line is.

Candidates for the right line come from edits of the written one (`candidates/`); those that agree with the other
side on shared interpretations (`samples`) are ranked, written into the note as its writer would have (`source_edit`),
read again there (`rereading`) and judged. Only what the judge calls right is shown. What kind of slip it was is named
after the choice, from the difference between the two trees (`slips/`).
"""
