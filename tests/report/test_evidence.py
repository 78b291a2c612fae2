"""A derivation of the library with its columns of evidence."""

import re

from made_reports import full_report, step

from errata.derivations.library import Derivation
from errata.report.evidence import render_evidence
from errata.report.line import plain
from errata.report.report import DocumentReport, Report
from errata.verify.verdict import Evidence, Judgement


def derivation(tmp_path):
    return Derivation("gan/jsd", "A title", ("003.txt: 1-9",), ("info/kl",), tmp_path)


def test_three_columns(snapshot, tmp_path):
    evidence = (
        Evidence("proof", "Bayes' rule, linearity of expectation"),
        Evidence("sympy", "exact on instances of sizes 1, 2, 3 with symbolic entries and laws"),
        Evidence("numeric", "200 interpretations, sizes 2, 3 and 5; 12 digits"),
    )
    steps = (
        step("x > 0", None, kind="declaration"),
        step("a = b", Judgement("proved", evidence=evidence), line=3),
        step("= c", Judgement("holds", evidence=evidence[2:]), line=4),
    )
    report = Report((DocumentReport("gan/jsd.md", steps),), "0.1.0")
    snapshot("evidence.txt", plain(render_evidence(derivation(tmp_path), report, columns=100)))


def test_every_claim_is_numbered(tmp_path):
    text = plain(render_evidence(derivation(tmp_path), Report(full_report().documents[:1])))
    assert [int(number) for number in re.findall(r"^ {2}(\d)  ", text, re.MULTILINE)] == [1, 2, 3, 4]
