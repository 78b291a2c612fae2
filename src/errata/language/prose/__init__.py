"""Declaration sentences of notes into facts of the scope."""

from errata.language.prose.harvest import harvest
from errata.language.prose.harvested import Declared, Harvest, Reader
from errata.language.prose.segments import Formula, Segment, Sentence, Words
from errata.language.prose.sentences import sentences

__all__ = ["Declared", "Formula", "Harvest", "Reader", "Segment", "Sentence", "Words", "harvest", "sentences"]
