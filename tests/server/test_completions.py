"""OpenAI's door, driven by OpenAI's own client over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam
from programs import KEY, door
from starlette.types import ASGIApp

from assistant import Assistant, GenerationError
from assistant.interfaces import Messages
from assistant.server.client_prompts import reply_to_client
from assistant.server.completions import MODEL

GOAL = "丙市2014年专利申请量的目标是多少?"
SAID = "专利申请量达到2300件以上"
QUOTE = "1.专利申请量达到2300件以上。"
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def address(plans: Assistant, serve: Callable[[ASGIApp], str]) -> str:
    return serve(door(plans, KEY))


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=KEY, max_retries=0) as opened:
        yield opened


def asked(*questions: str) -> list[ChatCompletionMessageParam]:
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": "You are a pirate."}]
    for question in questions:
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": "…"}]
    return messages[:-1]


def streamed(client: openai.OpenAI, question: str) -> list[ChatCompletionChunk]:
    return list(
        client.chat.completions.create(
            model=MODEL, messages=asked(question), stream=True, stream_options={"include_usage": True}
        )
    )


def said_in(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(one.choices[0].delta.content or "" for one in chunks if one.choices)


def test_the_one_model_is_listed(client: openai.OpenAI) -> None:
    assert [one.id for one in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).owned_by == MODEL
    with pytest.raises(openai.NotFoundError, match=MODEL):
        client.chat.completions.create(model="gpt-4o", messages=asked(GOAL))


def test_an_answer_cites_with_links_that_open(client: openai.OpenAI, address: str) -> None:
    reply = client.chat.completions.create(model=MODEL, messages=asked(GOAL), temperature=0.7)
    message = reply.choices[0].message
    assert message.content is not None
    assert message.content.startswith(SAID)
    assert message.annotations is not None
    (cited,) = (one.url_citation for one in message.annotations)
    assert message.content[cited.start_index : cited.end_index] == f"[\\[1\\]]({cited.url})"
    assert cited.title.startswith("丙市科技局2014年工作要点 › 一、工作目标")
    page = httpx.get(cited.url, trust_env=False)  # the link is signed: people have no key
    assert cited.url.startswith(f"{address}/documents/")
    marked = "".join(re.findall("<mark>(.*?)</mark>", page.text))
    assert re.sub("<[^>]*>", "", marked) == QUOTE
    assert (reply.choices[0].finish_reason, reply.usage and reply.usage.completion_tokens) == (
        "stop",
        len(message.content),
    )


def test_a_stream_says_the_same_and_brings_its_sources(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model=MODEL, messages=asked(GOAL))
    chunks = streamed(client, GOAL)
    assert said_in(chunks) == whole.choices[0].message.content
    events = [event for one in chunks if (event := (one.model_extra or {}).get("event"))]
    assert [(one["type"], one["data"]["document"]) for one in events] == [("source", [QUOTE])]
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-2].choices[0].delta.model_extra == {
        "annotations": [one.model_dump() for one in whole.choices[0].message.annotations or []]
    }
    assert chunks[-1].usage == whole.usage


def test_a_question_goes_on_those_before_it(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model=MODEL, messages=asked(GOAL, "高新技术企业呢?"))
    assert (reply.choices[0].message.content or "").startswith("新增高新技术企业5家")


def test_content_in_parts_is_read(client: openai.OpenAI) -> None:
    parts: list[ChatCompletionMessageParam] = [{"role": "user", "content": [{"type": "text", "text": GOAL}]}]
    reply = client.chat.completions.create(model=MODEL, messages=parts)
    assert (reply.choices[0].message.content or "").startswith(SAID)


def test_a_refusal_is_no_answer(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model=MODEL, messages=asked("丙市2019年专利申请量的目标是多少?"))
    message = reply.choices[0].message
    assert "2019" in (message.content or "")
    assert "2300" not in (message.content or "")
    assert message.annotations == []


def test_a_wrong_key_and_a_question_that_cannot_be(client: openai.OpenAI, address: str) -> None:
    other = client.with_options(api_key="wrong")
    with pytest.raises(openai.AuthenticationError, match="BUREAU_API_KEY"):
        other.chat.completions.create(model=MODEL, messages=asked(GOAL))
    with pytest.raises(openai.BadRequestError, match="characters"):
        client.chat.completions.create(model=MODEL, messages=asked("专利" * 5000))
    with pytest.raises(openai.BadRequestError, match="characters"):
        streamed(client, "专利" * 5000)
    with pytest.raises(openai.BadRequestError, match="no question"):
        client.chat.completions.create(model=MODEL, messages=[{"role": "system", "content": "x"}])


class Talker:
    """A model that says of each sentence it reads what it says, and then is cut off where ``cut``."""

    def __init__(self, *, cut: bool) -> None:
        self._cut = cut

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        for mark, sentence in re.findall(r"^\[(\d+)\] (?:\d\.)?(.*?)。?$", messages[-1]["content"], re.MULTILINE):
            yield f"{sentence}[{mark}]。"
            yield "\n"
        if self._cut:
            raise GenerationError("the model was cut off")


@pytest.mark.parametrize("cut", [False, True])
def test_what_a_model_writes_is_sent_as_it_comes(client: openai.OpenAI, plans: Assistant, cut: bool) -> None:
    plans.use_model(Talker(cut=cut))
    whole = client.chat.completions.create(model=MODEL, messages=asked(GOAL)).choices[0].message.content or ""
    chunks = streamed(client, GOAL)
    pieces = [one.choices[0].delta.content for one in chunks if one.choices and one.choices[0].delta.content]
    assert SAID in pieces[0]
    if not cut:
        assert "".join(pieces) == whole
        assert len(pieces) > 2  # sentences, and the places at the end
    assert said_in(chunks).endswith(whole)  # words that are taken back are followed by those that stand


PROMPT = """### Task:
Generate a concise title summarizing the chat history.
### Output:
JSON format: {{ {wanted} }}
### Chat History:
<chat_history>
USER: 2014年专利申请量的目标是多少?
ASSISTANT: 专利申请量达到2300件以上
</chat_history>"""


@pytest.mark.parametrize(
    ("wanted", "reply"),
    [
        ('"title": "your concise title here"', {"title": "2014年专利申请量的目标是多少?"}),
        ('"tags": ["tag1", "tag2"]', {"tags": []}),
        ('"follow_ups": ["Question 1?"]', {"follow_ups": []}),
        ('"text": "<completion>"', {"text": ""}),
    ],
)
def test_what_a_client_asks_for_itself_is_no_question(
    client: openai.OpenAI, wanted: str, reply: dict[str, object]
) -> None:
    prompt = PROMPT.format(wanted=wanted)
    assert json.loads(reply_to_client(prompt) or "") == reply
    completion = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}])
    assert json.loads(completion.choices[0].message.content or "") == reply


def test_a_question_about_tasks_is_a_question() -> None:
    assert reply_to_client("Task: 专利申请量的目标是多少?") is None
    assert reply_to_client("### Task: 2014年专利申请量的目标?") is None


RAG = """### Task:
Respond to the user query using the provided context.
<context>
<source id="1">丙市2014年专利申请量9999件。{filler}</source>
</context>
"""


@pytest.mark.parametrize("asked_so", ["<user_query>\n{question}\n</user_query>", "{question}"])
def test_the_question_is_found_in_what_a_client_wrote_around_it(client: openai.OpenAI, asked_so: str) -> None:
    prompt = RAG.format(filler="别的内容。" * 1000) + asked_so.format(question=GOAL)
    reply = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}])
    assert (reply.choices[0].message.content or "").startswith(SAID)


def test_parts_that_hold_no_text_are_passed_over(client: openai.OpenAI) -> None:
    odd: Any = [{"type": "text", "text": None}, {"type": "text", "text": 5}, {"type": "text", "text": GOAL}]
    reply = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": odd}])
    assert (reply.choices[0].message.content or "").startswith(SAID)
    with pytest.raises(openai.BadRequestError, match="no question"):
        client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": odd[:2]}])


def test_a_refusal_reads_well_without_markdown(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model=MODEL, messages=asked("丙市2019年专利申请量的目标是多少?"))
    assert "\\" not in (reply.choices[0].message.content or "").partition("[打开")[0]
