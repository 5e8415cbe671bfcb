"""The extractive answerer: quotes with citations, a whole list where a list is asked, or a refusal."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.citations import cite, is_valid
from assistant.answering.evidence import MASKED_VALUE, Sentence, TermWeights, lead, name_tokens, score_sentences
from assistant.answering.questions import Question, evidence_tokens, understand
from assistant.answering.refusals import find_refusal, in_scope, missing_years
from assistant.answering.scope import headed_years
from assistant.datamodels import Answer, Citation, Document, Hit, Refusal, Section
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.retriever import Filters, HybridRetriever

HITS = 8
MOST_QUOTES = 4
LEAST_HEADING_SHARE = 0.5
LONGEST_MARK = 4
WORTHWHILE_GAIN = 0.18
WORTHWHILE_SCORE = 0.45
MASKED_NOTICE = "(原文此处的数值缺失或以符号代替,资料没有给出具体数字。)"


def answer_question(text: str, retriever: HybridRetriever, *, filters: Filters = Filters()) -> Answer:  # noqa: B008
    """Answer from the index of the retriever. Raises QuestionError for an empty or overlong question."""
    question = understand(text)
    index = retriever.index
    found = retriever.search(question.search_text, k=HITS, filters=filters)
    hits = [hit for hit in found if in_scope(question, hit, index)]
    if question.years or question.places or question.names:
        hits = hits or _search_scope(question, retriever, filters)
    sentences = score_sentences(question, hits, index, retriever.encoder)
    chosen = _choose(question, sentences, TermWeights(index))
    refusal = find_refusal(question, chosen, found, index)
    if refusal is not None:
        return Answer(question.text, refusal_text(refusal), refusal=refusal)
    document = index.store.document(chosen[0].hit.passage.document_id)
    items = _listed_items(question, chosen[0], document, index)
    if items:
        return _list_answer(question, document, items, retriever)
    return _quoted_answer(question, chosen, retriever)


def _search_scope(question: Question, retriever: HybridRetriever, filters: Filters) -> list[Hit]:
    """Search the documents of the year or place that the question names, where the first search missed them.

    A filter that was given stays: what the question names only fills the gaps.
    """
    hits: list[Hit] = []
    place = filters.place or (question.places[-1][:-1] if question.places else None)
    for year in (filters.year,) if filters.year else question.years or (None,):
        found = retriever.search(question.search_text, k=HITS, filters=replace(filters, year=year, place=place))
        hits += [hit for hit in found if in_scope(question, hit, retriever.index)]
    return hits


def _choose(question: Question, sentences: list[Sentence], weights: TermWeights) -> list[Sentence]:
    """The best sentence, then each that adds words of the question which the ones before lack.

    Only a comparison may draw on a second document: words of one and a number of another make no answer.
    """
    chosen: list[Sentence] = []
    held: set[str] = set()
    for sentence in sentences:
        if len(chosen) == MOST_QUOTES:
            break
        gain = weights.coverage(question.tokens, held | sentence.covered) - weights.coverage(question.tokens, held)
        far_below = chosen and sentence.score < WORTHWHILE_SCORE * chosen[0].score
        elsewhere = chosen and sentence.hit.passage.document_id != chosen[0].hit.passage.document_id
        if not chosen or (
            gain >= WORTHWHILE_GAIN * (1 + sentence.heading) and not far_below and (question.compares or not elsewhere)
        ):
            chosen.append(sentence)
            held |= sentence.covered
    return chosen


def _quoted_answer(question: Question, chosen: list[Sentence], retriever: HybridRetriever) -> Answer:
    store = retriever.index.store
    citations: list[Citation] = []
    lines = []
    for sentence in chosen:
        passage = sentence.hit.passage
        start, end = _quoted_span(question, sentence)
        if any(one.passage_id == passage.passage_id and one.start <= start < one.end for one in citations):
            continue
        citation = cite(store, passage, start, end, len(citations) + 1)
        if is_valid(citation, passage):
            citations.append(citation)
            lines.append(f"{lead(question, citation.quote)}[{citation.marker}]")
    missing = missing_years(question, chosen, retriever.index)
    if missing:
        lines.append(f"(资料没有{'、'.join(f'{year}年' for year in missing)}的内容。)")
    if question.kind == "number" and MASKED_VALUE.search(lines[0]):
        lines.append(MASKED_NOTICE)
    return Answer(question.text, "\n".join(lines), tuple(citations))


def _quoted_span(question: Question, sentence: Sentence) -> tuple[int, int]:
    """The sentence; where a measure is asked, from it to the end of its paragraph in the passage."""
    if question.kind != "measure":
        return sentence.start, sentence.end
    passage = sentence.hit.passage
    before = passage.text.rfind("\n", 0, sentence.start - passage.start) + 1
    after = passage.text.find("\n", sentence.end - passage.start)
    end = len(passage.text) if after < 0 else after
    return passage.start + before, passage.start + len(passage.text[:end].rstrip())


def _listed_items(question: Question, best: Sentence, document: Document, index: HybridIndex) -> list[Section]:
    """The items below the section that a list question asks for: as many as it says, or matched by its heading."""
    if question.kind not in ("list", "measure"):
        return []
    weights = TermWeights(index)
    name = name_tokens(document)
    wanted = tuple(token for token in question.heading_tokens if token not in name)
    items: list[Section] = []
    most = LEAST_HEADING_SHARE
    for rank, section in enumerate(document.sections):
        children = [part for part in document.sections if part.parent == rank]
        if len(children) < 2 or not _names_year(question, document.section_path(rank)):
            continue
        announced = question.count == len(children) and section.start <= best.start < section.end
        share = 1.0 if announced else weights.coverage(wanted, set(evidence_tokens(section.heading)))
        if share > most:
            most, items = share, children
    return items


def _names_year(question: Question, section_path: tuple[str, ...]) -> bool:
    """Whether the headings name no year but those asked."""
    years = headed_years(section_path)
    return not question.years or not years or not set(years).isdisjoint(question.years)


def _list_answer(question: Question, document: Document, items: list[Section], retriever: HybridRetriever) -> Answer:
    """Every item, quoted by its heading, or by its line where the heading is a mark alone; with the count."""
    store = retriever.index.store
    passages = store.passages_of(document.document_id)
    citations = []
    for marker, section in enumerate(items, start=1):
        passage = next(part for part in passages if part.start <= section.start < part.end)
        line_end = document.text.find("\n", section.start, passage.end)
        stop = min(passage.end if line_end < 0 else line_end, section.end)
        tells = len(section.heading) > LONGEST_MARK and document.text.startswith(section.heading, section.start)
        end = min(section.start + len(section.heading), stop) if tells else stop
        citations.append(cite(store, passage, section.start, end, marker))
    lines = [f"共 {len(items)} 条,已列 {len(citations)} 条:"]
    lines += [f"{citation.quote}[{citation.marker}]" for citation in citations]
    return Answer(question.text, "\n".join(lines), tuple(citations))


def refusal_text(refusal: Refusal) -> str:
    """The refusal in the words of the page."""
    reasons = {
        "absent": "资料中没有找到答案",
        "wrong_year": "资料中没有该年份的内容",
        "wrong_place": "资料中没有该地区的内容",
        "empty": "没有符合筛选条件的文件",
    }
    missing = f":{refusal.missing}" if refusal.missing else ""
    nearest = "下面是最接近的相关内容,不是答案。" if refusal.nearest else ""
    return f"{reasons[refusal.reason]}{missing}。{nearest}"
