"""What a caller needs of the contract, read from the document itself."""

import json
import urllib.request
from typing import Any, Literal, NotRequired, TypedDict


class Pair(TypedDict):
    """A code with a message, or with a part of one."""

    code: str
    message: NotRequired[str]
    contains: NotRequired[str]


class CodeWithSource(TypedDict):
    code: str
    source: str


class Outcome(TypedDict):
    """What an outcome means, and how it is told: by codes, pairs, and HTTP statuses."""

    # Not there where the platform adds to an outcome.
    enrolled: NotRequired[Literal["yes", "no", "unknown"]]
    codes: NotRequired[list[str | CodeWithSource]]
    messages: NotRequired[list[Pair]]
    statuses: NotRequired[list[int]]
    default: NotRequired[bool]


class Example:
    """An answer that the document shows, and the outcome that it means."""

    def __init__(self, example: dict[str, Any]) -> None:
        self.outcome: str = example["x-outcome"]
        self.body: dict[str, Any] = example["value"]
        self.code: str = self.body["code"]
        self.message: str = self.body["message"]


class Contract:
    """What it says of one operation."""

    def __init__(self, document: dict[str, Any], operation_id: str) -> None:
        (scheme,) = document["security"][0]
        self.token_header: str = document["components"]["securitySchemes"][scheme]["name"]
        (operation,) = (
            operation
            for path_item in document["paths"].values()
            for operation in path_item.values()
            if operation["operationId"] == operation_id
        )
        (request,) = examples(operation["requestBody"]).values()
        self.request: dict[str, Any] = request["value"]
        self.examples: dict[str, Example] = {
            name: Example(example)
            for response in operation["responses"].values()
            for name, example in examples(response).items()
        }
        # By name; one may come twice, as the platform adds to outcomes of the operation.
        self.outcomes: list[tuple[str, Outcome]] = [
            *operation["x-outcomes"].items(),
            *document["x-platform-outcomes"].items(),
        ]


def document_of(base_url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{base_url}/openapi.json") as response:
        document: dict[str, Any] = json.load(response)
    return document


def signed_examples(document: dict[str, Any]) -> list[dict[str, str]]:
    """The worked examples of signatures."""
    return [
        field["x-signature"]["x-example"]
        for schema in document["components"]["schemas"].values()
        for field in schema.get("properties", {}).values()
        if "x-signature" in field
    ]


def examples(holder: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The examples of a request or a response, whatever the media type."""
    return {
        name: example
        for media in holder.get("content", {}).values()
        for name, example in media["examples"].items()
    }
