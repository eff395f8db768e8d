"""Checks an endpoint with the official OpenAI client for Python; see ../README.md."""

import os
import sys
import traceback

import openai

MODEL = os.environ["MODEL"]
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather in a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
client = openai.OpenAI(base_url=os.environ["BASE_URL"], api_key="any", max_retries=0, timeout=60)


def question(text):
    return [{"role": "user", "content": text}]


def chat():
    answer = client.chat.completions.create(model=MODEL, messages=question("Say hello."), max_tokens=40)
    assert answer.object == "chat.completion", answer.object
    assert answer.id and answer.created > 0, answer
    assert answer.choices[0].message.role == "assistant", answer
    assert answer.choices[0].message.content, answer
    assert answer.choices[0].finish_reason in ("stop", "length"), answer
    usage = answer.usage
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens > 0, usage


def history_and_parameters():
    messages = [
        {"role": "system", "content": "You are brief."},
        {"role": "user", "content": "My name is Ada."},
        {"role": "assistant", "content": "Hello, Ada."},
        {"role": "user", "content": "What is my name?"},
    ]
    answer = client.chat.completions.create(
        model=MODEL,
        messages=messages,
        max_tokens=40,
        temperature=0,
        top_p=0.9,
        seed=7,
        stop=["###"],
        user="ada",
        extra_body={"an_unknown_key": {"kept": True}},
    )
    assert answer.choices[0].message.content, answer


def stream():
    chunks = list(
        client.chat.completions.create(model=MODEL, messages=question("Count to five."), max_tokens=40, stream=True)
    )
    assert chunks, "no chunk came"
    assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}, chunks[0]
    assert len({chunk.id for chunk in chunks}) == 1, "the id changes within the stream"
    assert len({chunk.model for chunk in chunks}) == 1, "the model changes within the stream"
    assert len({chunk.created for chunk in chunks}) == 1, "created changes within the stream"
    assert all(chunk.choices for chunk in chunks), "a chunk without choices came, though usage was not asked for"
    assert chunks[0].choices[0].delta.role == "assistant", chunks[0]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks), "no content came"
    assert chunks[-1].choices[0].finish_reason in ("stop", "length"), chunks[-1]


def stream_with_usage():
    chunks = list(
        client.chat.completions.create(
            model=MODEL,
            messages=question("Count to five."),
            max_tokens=40,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    last = chunks[-1]
    assert last.choices == [], last
    assert last.usage.total_tokens == last.usage.prompt_tokens + last.usage.completion_tokens > 0, last
    assert all(chunk.usage is None for chunk in chunks[:-1]), "usage came before the end"


def stream_helper():
    with client.chat.completions.stream(model=MODEL, messages=question("Say hello."), max_tokens=40) as events:
        kinds = {event.type for event in events}
        answer = events.get_final_completion()
    assert {"chunk", "content.delta", "content.done"} <= kinds, kinds
    assert answer.choices[0].message.content, answer


def stream_given_up():
    chunks = client.chat.completions.create(model=MODEL, messages=question("Count to five."), stream=True)
    next(iter(chunks))
    chunks.close()
    chat()


def completions():
    answer = client.completions.create(model=MODEL, prompt="Once upon a time", max_tokens=20)
    assert answer.object == "text_completion", answer
    assert answer.choices[0].text, answer
    chunks = list(client.completions.create(model=MODEL, prompt="Once upon a time", max_tokens=20, stream=True))
    assert "".join(chunk.choices[0].text for chunk in chunks if chunk.choices), "no text came"


def models():
    listed = list(client.models.list())
    assert MODEL in [model.id for model in listed], listed
    assert all(model.object == "model" and model.owned_by and model.created for model in listed), listed
    assert client.models.retrieve(MODEL).id == MODEL


def unknown_model():
    for ask in (
        lambda: client.chat.completions.create(model="no/such:model", messages=question("Hello")),
        lambda: client.chat.completions.create(model="no/such:model", messages=question("Hello"), stream=True),
        lambda: client.models.retrieve("no/such:model"),
    ):
        error = raised(openai.NotFoundError, ask)
        assert error.code == "model_not_found", error
        assert error.type == "invalid_request_error", error
        assert "no/such:model" in error.message and error.request_id, error


def bad_request():
    for body in ({"messages": "Hello"}, {"messages": []}, {"messages": 7}, {"messages": question("x"), "stream": "maybe"}):
        error = raised(
            openai.BadRequestError,
            lambda: client.post("/chat/completions", cast_to=object, body={"model": MODEL, **body}),
        )
        assert error.type == "invalid_request_error" and error.message, error


def images():
    answer = client.chat.completions.create(
        model=MODEL,
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is in the picture?"},
                    {"type": "image_url", "image_url": {"url": PIXEL}},
                ],
            }
        ],
        max_tokens=40,
    )
    assert answer.choices[0].message.content, answer


def tools():
    if os.environ.get("TOOLS") != "yes":
        return "SKIPPED, for TOOLS is not yes:"
    answer = client.chat.completions.create(model=MODEL, messages=question("Weather in Paris?"), tools=[WEATHER])
    call = answer.choices[0].message.tool_calls[0]
    assert call.id and call.type == "function" and call.function.name == "weather", answer
    assert answer.choices[0].finish_reason == "tool_calls", answer
    messages = question("Weather in Paris?") + [
        answer.choices[0].message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": "Sunny"},
    ]
    last = client.chat.completions.create(model=MODEL, messages=messages)
    assert last.choices[0].message.content, last
    with client.chat.completions.stream(
        model=MODEL, messages=question("Weather in Paris?"), tools=[WEATHER]
    ) as events:
        streamed = events.get_final_completion().choices[0]
    assert streamed.message.tool_calls[0].function.name == "weather", streamed
    assert streamed.finish_reason == "tool_calls", streamed


def raised(kind, ask):
    try:
        ask()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def main():
    failed = 0
    for check in (
        chat,
        history_and_parameters,
        stream,
        stream_with_usage,
        stream_helper,
        stream_given_up,
        completions,
        models,
        unknown_model,
        bad_request,
        images,
        tools,
    ):
        try:
            outcome = check() or "PASSED"
            print(outcome, check.__name__, flush=True)
        except Exception as error:
            failed += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAILED {check.__name__}: {type(error).__name__}: {error} ({where.line})", flush=True)
    return 1 if failed else 0


sys.exit(main())
