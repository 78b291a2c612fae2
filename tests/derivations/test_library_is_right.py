"""Every step of the packaged library comes out right, by the checker's own work."""

from errata.derivations.library import derivations
from errata.notes.document import read_text
from errata.verify.check import Checker
from errata.verify.settings import Settings

RIGHT = ("proved", "holds")


def test_every_step_of_the_library_is_right_and_most_are_proved():
    verdicts, wrong, findings = [], [], []
    with Checker(Settings(jobs=2, timeout=60, reasons=False)) as checker:
        for derivation in derivations():
            checked = checker.check(read_text(derivation.text(), f"{derivation.identifier}.md"))
            findings += [f"{derivation.identifier}: {f.message}" for f in checked.findings]
            judged = [(step.statement.text, step.judgement) for step in checked.steps if step.judgement]
            assert judged, derivation.identifier
            verdicts += [judgement.verdict for _, judgement in judged]
            wrong += [
                f"{derivation.identifier}: {judgement.verdict}: {text} ({judgement.message})"
                for text, judgement in judged
                if judgement.verdict not in RIGHT
            ]
    assert wrong == []
    assert findings == []
    assert verdicts.count("proved") >= 0.8 * len(verdicts)
    assert len(verdicts) >= 200
