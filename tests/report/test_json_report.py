"""The contract for programs."""

import json

from made_reports import full_report, step, wrong_step

from errata.report.json_report import render_json
from errata.report.report import DocumentReport, Report

STEP_KEYS = {
    "kind", "line", "column", "end_line", "end_column", "text", "relation", "read_as", "assumed", "verdict",
    "rule", "message", "evidence", "counterexample", "suggestion", "expected",
}  # fmt: skip


def data():
    return json.loads(render_json(full_report()))


def test_the_whole_report(snapshot):
    snapshot("full.json", render_json(full_report()))


def test_the_same_report_gives_the_same_bytes():
    assert render_json(full_report()) == render_json(full_report())


def test_every_step_has_every_field_of_the_contract():
    assert all(step.keys() >= STEP_KEYS for document in data()["documents"] for step in document["steps"])


def test_schema_tool_and_summary():
    found = data()
    assert (found["schema"], found["tool"]) == (1, {"name": "errata", "version": "0.1.0"})
    assert found["summary"] == {
        "claims": 7, "proved": 1, "holds": 1, "wrong": 2, "conditional": 1, "undecided": 1, "unread": 1
    }  # fmt: skip


def test_only_claims_have_a_verdict():
    declaration, proved = data()["documents"][0]["steps"][:2]
    assert (declaration["verdict"], proved["verdict"]) == (None, "proved")


def test_what_is_not_there_is_null():
    proved = data()["documents"][0]["steps"][1]
    assert (proved["suggestion"], proved["counterexample"], proved["rule"]) == (None, None, None)


def test_place_text_and_suggestion_are_of_one_piece():
    found = data()["documents"][0]["steps"][2]
    assert len(found["text"]) == found["end_column"] - found["column"]
    assert {"latex", "description", "verified"} == found["suggestion"].keys()


def test_odd_text_survives():
    odd = step("a = \udc80\x1b\u202e因", wrong_step().judgement)
    text = render_json(Report((DocumentReport("n.md", (odd,)),)))
    assert text.isascii()
    assert odd.text == json.loads(text)["documents"][0]["steps"][0]["text"]
