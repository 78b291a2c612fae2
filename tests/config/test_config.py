"""Settings: which file holds, what each key takes, and what is said to a mistake."""

from pathlib import Path

import pytest

from errata.config.config import Config, preamble
from errata.config.config_error import ConfigError
from errata.config.exclusion import exclusion
from errata.config.files import load_config
from errata.config.schema import KEYS


@pytest.fixture
def course(tmp_path):
    """A folder with settings, as a function that writes them and loads those that hold in a folder of it."""

    def load(errata=None, pyproject=None, inside="."):
        if errata is not None:
            (tmp_path / "errata.toml").write_text(errata, encoding="utf-8")
        if pyproject is not None:
            (tmp_path / "pyproject.toml").write_text(pyproject, encoding="utf-8")
        (tmp_path / inside).mkdir(parents=True, exist_ok=True)
        return load_config(tmp_path / inside)

    return load


def test_without_files_the_defaults_hold(tmp_path):
    assert load_config(tmp_path) == Config(tmp_path)


def test_the_nearest_upward_holds(course, tmp_path):
    assert course("strict = true", inside="a/b").strict
    (tmp_path / "a" / "errata.toml").write_text("timeout = 3")
    nearer = load_config(tmp_path / "a" / "b")
    assert (nearer.strict, nearer.timeout, nearer.root) == (False, 3, tmp_path / "a")


def test_a_pyproject_without_a_table_is_passed_over(course, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert course("strict = true", inside="a").strict


def test_of_two_in_one_folder_errata_toml_wins_key_by_key(course, tmp_path):
    found = course("timeout = 3", "[tool.errata]\ntimeout = 7\nstrict = true\n")
    assert (found.timeout, found.strict) == (3, True)
    assert found.sources["timeout"] == tmp_path / "errata.toml"
    assert found.sources["strict"] == tmp_path / "pyproject.toml"


def test_a_file_that_is_named_holds_alone(course, tmp_path):
    course("strict = true")
    other = tmp_path / "other.toml"
    other.write_text("timeout = 2")
    assert not load_config(tmp_path, other).strict


def test_paths_count_from_the_file(course, tmp_path):
    found = course('paths = ["notes"]\nbaseline = "known.json"', inside="a")
    assert (found.paths, found.baseline) == ((tmp_path / "notes",), tmp_path / "known.json")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("strct = true", "did you mean `strict`?"),
        ("[notation]\nlogbase = 2", "did you mean `notation.log-base`?"),
        ("log-base = 2", "did you mean `notation.log-base`?"),
        ("xyzzy = 1", ", ".join(KEYS)),
        ("strict = 1", "`strict` is true or false, not 1"),
        ("timeout = true", "`timeout` is a number of seconds"),
        ("timeout = 0", "`timeout` is a number of seconds"),
        ("timeout = nan", "`timeout` is a number of seconds"),
        ('paths = "notes"', "`paths` is a list of texts"),
        ("notation = 3", "`notation` is a table"),
        ("[notation]\nlog-base = 3", '`notation.log-base` is 2, 10 or "e"'),
        ('[notation]\nlayout = "row"', '`notation.layout` is "numerator" or "denominator"'),
        ("[notation.names]\nW = 3", "gives names their sorts"),
        ('[notation.names]\nW = "a $b$"', "takes no dollar signs"),
        ('[rules]\ncounterexmple = "off"', "did you mean `counterexample`?"),
        ('[rules]\ncounterexample = "loud"', "one of on, error, warning, note, off"),
        ("strict = ", "errata.toml"),
        ("a = " + "[" * 5000, "errata.toml"),
    ],
)
def test_a_mistake_names_file_and_key(text, advice, course):
    with pytest.raises(ConfigError) as told:
        course(text)
    assert advice in str(told.value) and "errata.toml" in str(told.value)


def test_what_is_no_table_or_no_file(course, tmp_path):
    with pytest.raises(ConfigError, match="is a table"):
        course(pyproject="[tool]\nerrata = 3\n")
    with pytest.raises(ConfigError, match="No such file"):
        load_config(tmp_path, tmp_path / "nothing.toml")


def test_rules_that_are_on_keep_their_own_level(course):
    assert dict(course('[rules]\nshape = "on"\nconditional = "error"').rules) == {"conditional": "error"}


def test_the_notation_as_sentences():
    config = Config(Path("."), log_base="2", layout="numerator", names={"W": "\\mathbb{R}^n", "n": "an integer"})
    assert preamble(config) == (
        "Logarithms are to base $2$.",
        "Derivatives are in numerator layout.",
        "Let $W \\in \\mathbb{R}^n$.",
        "Let $n$ be an integer.",
    )


@pytest.mark.parametrize(
    ("pattern", "path", "out"),
    [
        ("drafts", "a/drafts/n.md", True),
        ("drafts/", "drafts/n.md", True),
        ("*.tex", "a/b.tex", True),
        ("a/*.md", "a/n.md", True),
        ("a/*.md", "b/a/n.md", False),
        ("./a/b", "a/b/c/n.md", True),
        ("draft", "drafts/n.md", False),
    ],
)
def test_what_a_pattern_leaves_out(pattern, path, out, tmp_path):
    assert out == exclusion(tmp_path, [pattern])(tmp_path / path)


def test_nothing_outside_the_root_is_left_out(tmp_path):
    assert not exclusion(tmp_path / "a", ["*"])(tmp_path / "n.md")
