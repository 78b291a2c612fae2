"""Cases in other languages than English: "如果 $x$ 是负数，则", "Ist $A$ nicht symmetrisch, so"."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from errata.language.prose.harvested import Harvest, Reader
from errata.language.prose.lexing import encode, formulas_in
from errata.language.prose.segments import Sentence

_OPENS = re.compile(
    r"(?:^|[,;，；。] ?)(?:(?:und|aber|et|mais|y|pero|但|而|و) )?(?:(?:wenn|falls|ist|sind|für|si|pour|lorsque|quand"
    r"|cuando|para|sofern)(?![\w-])|如果|若|当|當|对于?|對於?|假如|اگر|هرگاه|برای|وقتی)"
    r"(?P<case>.*?)(?:[,，、；]|(?<!\w)(?:dann|so|gilt|alors|on a|entonces|se tiene)(?!\w)|则|則|那么|有"
    r"|آنگاه|داریم|$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_\ue000-\uf8ff]")
_ONLY_QUANTIFIES = re.compile(
    r"^(?: |[\ue000-\uf8ff]|alle|jede[sr]?|jedes|tous|toute?s?|les|todos?|todas?|cada|任意|所有|每个|每一个"
    r"|的|هر|همه)*$"
)


def in_foreign_cases(found: Harvest, sentence: Sentence, read: Reader) -> Harvest:
    """Return what a sentence says; the names of which its words tell a case are not fully understood.

    Words that only say "for all" tell none.
    """
    said = encode(sentence)
    blocked: dict[str, str] = {}
    for case in _OPENS.finditer(said):
        told = case["case"]
        if not _WORD.search(told) or _ONLY_QUANTIFIES.fullmatch(told.strip()):
            continue
        for number in formulas_in(told):
            if number < len(sentence.formulas):
                blocked.update(dict.fromkeys(read.names(sentence.formulas[number].latex), sentence.text))
    if not blocked:
        return found
    return replace(found, not_understood=MappingProxyType({**blocked, **found.not_understood}), is_declaring=True)
