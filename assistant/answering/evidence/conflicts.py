"""Why a sentence that shares the words of a question does not tell what it asks: another year, the other of two things.

Only reasons that words show: a sentence with none of them is not borne out by that, it is only not spoken against.
"""

from __future__ import annotations

import re

from assistant.answering.evidence.sentences import lead
from assistant.datamodels import Question, Sentence
from assistant.language.asking import ORDINAL, QUOTED
from assistant.language.normalization import search_key
from assistant.language.polarity import CONTRASTS, NEW, TOTAL
from assistant.language.years import COMPARED, told_years


def conflict(question: Question, sentence: Sentence) -> str:
    """The words of the question that the sentence speaks against; '' where it speaks against none."""
    if question.foreign or sentence.named or question.compares:
        return ""
    around = search_key(" ".join((sentence.text, *sentence.hit.passage.section_path, sentence.hit.passage.title)))
    missing: list[str] = []
    if question.kind == "date":
        missing += _other_things(question, sentence, around)
    if question.kind in ("number", "rank"):
        missing += _other_years(question, sentence) + _other_things(question, sentence, around)
        missing += [one for one in ORDINAL.findall(question.key) if one not in around]
        missing += [one for one in QUOTED.findall(question.key) if search_key(one) not in around]
    return "、".join(dict.fromkeys(missing))


def _other_years(question: Question, sentence: Sentence) -> list[str]:
    """The years that are asked, where the sentence names others alone."""
    told = told_years(COMPARED.sub("", search_key(sentence.text)))
    if not question.years or not told or not set(told).isdisjoint(question.years):
        return []
    return [f"{year}年" for year in question.years]


def _other_things(question: Question, sentence: Sentence, around: str) -> list[str]:
    """The word of a pair of contraries that is asked, where the words that answer have the other alone."""
    words = search_key(lead(question, sentence.text))
    pairs = ((pair.search(question.key), pair, other) for pair, other in _BOTH_WAYS if not other.search(question.key))
    missing = [asked[0] for asked, pair, other in pairs if asked and other.search(words) and not pair.search(around)]
    total = TOTAL.search(question.key)
    if total and not NEW.search(question.key) and NEW.search(words) and not TOTAL.search(words):
        missing.append(total[0])
    return missing


_BOTH_WAYS: list[tuple[re.Pattern[str], re.Pattern[str]]] = [
    both for one, other in CONTRASTS for both in ((one, other), (other, one))
]
