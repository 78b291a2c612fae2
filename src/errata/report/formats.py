"""The formats of a report, by name; the file of each is loaded when it is asked for."""

from __future__ import annotations

from typing import Literal

from errata.report.report import Report

Format = Literal["text", "concise", "json", "junit", "sarif", "github", "gitlab"]
FORMATS: tuple[Format, ...] = ("text", "concise", "json", "junit", "sarif", "github", "gitlab")


def render(form: Format, report: Report, *, verbose: bool = False) -> str:
    """Return a report as the text of a file of this format."""
    match form:
        case "text":
            from errata.report.line import plain
            from errata.report.text import render_text

            return plain(render_text(report, verbose=verbose))
        case "concise":
            from errata.report.concise import render_concise

            return render_concise(report)
        case "json":
            from errata.report.json_report import render_json

            return render_json(report)
        case "junit":
            from errata.report.junit import render_junit

            return render_junit(report)
        case "sarif":
            from errata.report.sarif import render_sarif

            return render_sarif(report)
        case "github":
            from errata.report.github import render_github

            return render_github(report)
        case "gitlab":
            from errata.report.gitlab import render_gitlab

            return render_gitlab(report)
