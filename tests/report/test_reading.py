"""How every line was understood."""

from dataclasses import replace

from made_reports import full_report

from errata.report.line import plain
from errata.report.reading import render_reading
from errata.report.report import DocumentReport, Report


def test_the_whole_reading(snapshot):
    documents = [
        DocumentReport(d.path, tuple(replace(s, judgement=None) for s in d.steps), d.findings)
        for d in full_report().documents
    ]
    wrong = replace(documents[0].steps[2], names=("d: a positive integer",), other_readings=("if p: q = r",))
    first = replace(documents[0], steps=(*documents[0].steps[:2], wrong, *documents[0].steps[3:]))
    snapshot("reading.txt", plain(render_reading(Report((first, documents[1])), columns=100)))
