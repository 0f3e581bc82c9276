"""The parts of the contract that the checks need, read from the document."""

import json
import urllib.request
from typing import Any

from outcomes import Outcome, examples, find_operation


class Example:
    """A response example of the document, and its outcome."""

    def __init__(self, example: dict[str, Any]) -> None:
        self.outcome: str = example["x-outcome"]
        self.body: dict[str, Any] = example["value"]
        self.code: str = self.body["code"]
        self.message: str = self.body["message"]


class Contract:
    """What the document says about one operation."""

    def __init__(self, document: dict[str, Any], operation_id: str) -> None:
        (scheme,) = document["security"][0]
        self.token_header: str = document["components"]["securitySchemes"][scheme]["name"]
        operation = find_operation(document, operation_id)
        (request,) = examples(operation["requestBody"]).values()
        self.request: dict[str, Any] = request["value"]
        self.examples: dict[str, Example] = {
            name: Example(example)
            for name, example in examples(*operation["responses"].values()).items()
        }
        # By name. A name occurs twice if the platform adds rules to an outcome of the operation.
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
