"""The library finds every derivation by its id and says what is wrong with a file of its own."""

import pytest

from errata.derivations.front_matter import LibraryError, read_front_matter
from errata.derivations.library import UnknownDerivation, derivations, find, read_library, topics

GOOD = """---
id: gan/jsd
title: "A title: with a colon"
sources:
- 003.txt: 1-9
  - 004.txt: 2
uses: []
---
text
"""


def read(text):
    return read_front_matter(text, "gan/jsd.md", single=("id", "title"), lists=("sources", "uses"))


def library(folder, **files):
    (folder / "gan").mkdir()
    for name, text in files.items():
        (folder / "gan" / f"{name}.md").write_text(text, encoding="utf-8")
    return read_library(folder)


def test_values_and_lists():
    assert read(GOOD) == {
        "id": "gan/jsd",
        "title": "A title: with a colon",
        "sources": ("003.txt: 1-9", "004.txt: 2"),
        "uses": (),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "gan/jsd.md:1: a derivation begins with"),
        ("text", "gan/jsd.md:1: a derivation begins with"),
        ("---\nid: a\n", "gan/jsd.md:2: the front matter has no closing"),
        ("---\nid: a\n---\n", "gan/jsd.md:1: the front matter has no `title`"),
        ("---\nid: a\nid: b\n---\n", "gan/jsd.md:3: `id` stands here twice"),
        ("---\nid: a\nauthor: b\n---\n", "gan/jsd.md:3: cannot read `author: b`"),
        ("---\nid: a\n- item\n---\n", "gan/jsd.md:3: cannot read `- item`"),
        ("---\nid:\n---\n", "gan/jsd.md:2: cannot read `id:`"),
        ("---\nuses: info/kl\n---\n", "gan/jsd.md:2: cannot read `uses: info/kl`"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, message):
    with pytest.raises(LibraryError) as error:
        read(text)
    assert str(error.value).startswith(message)


def test_an_id_must_be_that_of_its_place(tmp_path):
    with pytest.raises(LibraryError, match="its place says `gan/other`"):
        library(tmp_path, other=GOOD)


def test_what_is_used_must_exist(tmp_path):
    with pytest.raises(LibraryError, match="uses `info/kl`, which the library lacks"):
        library(tmp_path, jsd=GOOD.replace("uses: []", "uses:\n- info/kl"))


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "gan").mkdir()
    (tmp_path / "gan" / "jsd.md").write_bytes(b"---\nid: \xff\n")
    with pytest.raises(LibraryError, match="not UTF-8"):
        read_library(tmp_path)


def test_the_packaged_library_reads():
    assert derivations()
    identifiers = [derivation.identifier for derivation in derivations()]
    assert sorted(set(identifiers)) == identifiers
    assert {derivation.topic for derivation in derivations()} == set(topics())


def test_every_derivation_says_where_it_comes_from():
    assert [derivation.identifier for derivation in derivations() if not derivation.sources] == []


def test_every_derivation_is_found_by_its_id():
    for derivation in derivations():
        assert derivation == find(derivation.identifier)
        assert derivation.text().startswith("---\n")


@pytest.mark.parametrize("asked", ["gan/jds", "gan/jsd2", "jsd"])
def test_a_miss_names_the_nearest(asked):
    with pytest.raises(UnknownDerivation) as error:
        find(asked)
    assert "gan/jsd" in error.value.nearest
    assert "did you mean" in str(error.value)


def test_a_miss_with_nothing_near():
    with pytest.raises(UnknownDerivation, match="names them all"):
        find("xyzzy")


def test_nothing_uses_itself_even_by_detours():
    uses = {derivation.identifier: derivation.uses for derivation in derivations()}

    def rests_on(identifier, path=()):
        assert identifier not in path, f"{' -> '.join((*path, identifier))}"
        for used in uses[identifier]:
            rests_on(used, (*path, identifier))

    for identifier in uses:
        rests_on(identifier)
