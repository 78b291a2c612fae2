"""Hand-made reports that the tests of the renderers draw."""

from types import MappingProxyType

from errata.numeric_checks.outcome import Counterexample
from errata.report.report import DocumentReport, Finding, Obstacle, Report, Step
from errata.verify.verdict import Evidence, Judgement, Suggestion

LINE = r"\log \frac{1}{s^d} e^{-\frac12\|x-\mu\|^2} = \frac{1}{s^d} \log e^{-\frac12\|x-\mu\|^2}"

WRONG = Judgement(
    "wrong",
    "log-of-product",
    "the logarithm of a product is a sum: the constant factor must come out as an added logarithm",
    (Evidence("numeric", "fails in 40 of 40 interpretations"),),
    Counterexample(MappingProxyType({"d": "1", "x": "0", "mu": "1"}), "-1.4189", "-0.1995", certified=True),
    Suggestion(r"= -d\log s + \log e^{-\frac12\|x-\mu\|^2}", "the factor as an added logarithm", verified=True),
)


def step(text, judgement, *, line=1, column=1, source=None, end_line=None, kind="claim", **more):
    """Return a step whose place is that of its text in the source line."""
    source_line = text if source is None else source
    return Step(
        kind=kind,
        line=line,
        column=column,
        end_line=line if end_line is None else end_line,
        end_column=column + len(text),
        text=text,
        relation="=",
        read_as=more.pop("read_as", text),
        judgement=judgement,
        source_line=source_line,
        **more,
    )


def wrong_step(**more):
    """Return a step with all that can be known of a wrong one."""
    start = LINE.index("= ")
    return step(
        LINE[start:],
        WRONG,
        line=96,
        column=start + 1,
        source=LINE,
        read_as="log(1/s^d · exp(-1/2‖x - μ‖²)) = 1/s^d · log(exp(-1/2‖x - μ‖²))",
        assumed=("d is a positive integer",),
        **more,
    )


def full_report():
    """Return a report with every verdict, expected and not, and findings of both severities."""
    first = DocumentReport(
        "notes/003.md",
        (
            step(r"p \in (0, 1)", None, line=3, kind="declaration"),
            step("1 + 1 = 2", Judgement("proved", evidence=(Evidence("proof", "arithmetic"),)), line=5),
            wrong_step(),
            step("a = b", Judgement("holds", evidence=(Evidence("numeric", "200 interpretations"),)), line=97),
            step(
                r"\frac{x}{x} = 1",
                Judgement("conditional", "side-condition", "needs x ≠ 0"),
                line=1204,
                column=5,
                source="    \\frac{x}{x} = 1",
            ),
        ),
        (
            Finding("unclosed", "this $ is never closed", 40, 7),
            Finding("expectation", "expected a wrong step here, and none was found", 98, 1, "error"),
        ),
    )
    second = DocumentReport(
        "notes/[i].ipynb",
        (
            step("x = y", Judgement("wrong", "numeric", "the sides differ"), line=2, cell=3, expected=True),
            step("f(x) = 1", Judgement("undecided", "undecided", "not decided within 10 seconds"), line=4, cell=3),
            step(
                r"\foo = 1",
                Judgement("unread", "unread", r"\foo is not known"),
                line=6,
                cell=4,
                read_as="",
                problem=Obstacle(r"\foo is not known", 6, 1, r"define it with \newcommand"),
            ),
        ),
    )
    return Report((first, second), "0.1.0")
