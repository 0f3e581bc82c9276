"""Determines what a response means, by the rules in the contract.

This file imports only the standard library, so you can copy it into your project.
"""

from typing import Any, Literal, NotRequired, TypedDict

Retry = Literal["never", "backoff", "throttled", "refresh-token", "by-status"]


class Pair(TypedDict):
    """A code with a message, or with a part of a message."""

    code: str
    message: NotRequired[str]
    contains: NotRequired[str]


class CodeWithSource(TypedDict):
    code: str
    source: str


class Outcome(TypedDict):
    """What a response means. The comment at the top of the contract explains the keys."""

    summary: str
    action: str
    retry: Retry
    enrolled: NotRequired[Literal["yes", "no", "unknown"]]
    scope: NotRequired[Literal["account"]]
    codes: NotRequired[list[str | CodeWithSource]]
    messages: NotRequired[list[Pair]]
    statuses: NotRequired[list[int]]
    default: NotRequired[bool]


class Outcomes:
    """The outcomes of an operation, from the contract as JSON."""

    def __init__(self, document: dict[str, Any], operation_id: str) -> None:
        self._named: dict[str, Outcome] = {}
        self._pairs: dict[tuple[str, str], str] = {}
        self._parts: list[tuple[str, str, str]] = []
        self._codes: dict[str, str] = {}
        self._statuses: dict[int, str] = {}
        self._default = ""
        operation = find_operation(document, operation_id)
        for outcomes in (operation["x-outcomes"], document["x-platform-outcomes"]):
            for name, outcome in outcomes.items():
                self._add(name, outcome)
        for example in examples(*operation["responses"].values()).values():
            value = example["value"]
            self._pairs[value["code"], folded(value["message"])] = example["x-outcome"]

    def _add(self, name: str, outcome: Outcome) -> None:
        # The platform adds rules to an outcome of the operation; the other words of the operation apply.
        self._named.setdefault(name, outcome)
        for pair in outcome.get("messages", []):
            if "message" in pair:
                self._pairs[pair["code"], folded(pair["message"])] = name
            if "contains" in pair:
                self._parts.append((pair["code"], folded(pair["contains"]), name))
        for code in outcome.get("codes", []):
            self._codes[code if isinstance(code, str) else code["code"]] = name
        for status in outcome.get("statuses", []):
            self._statuses[status] = name
        if outcome.get("default"):
            self._default = name

    def of(self, code: str, message: str = "") -> str:
        """The outcome of an envelope: by code and message, by the code alone, or the default."""
        text = folded(message)
        if outcome := self._pairs.get((code, text)):
            return outcome
        for its_code, part, outcome in self._parts:
            if its_code == code and part in text:
                return outcome
        return self._codes.get(code, self._default)

    def of_status(self, status: int) -> str | None:
        """The outcome of an HTTP status if the body is not an envelope; None for most statuses."""
        return self._statuses.get(status)

    def get(self, name: str | None) -> Outcome | None:
        """What the contract says about the outcome with this name."""
        return self._named.get(name or "")

    def retry(self, name: str | None, status: int) -> Retry:
        """Whether the same call may be sent again after this outcome and this HTTP status."""
        outcome = self.get(name)
        if outcome and outcome["retry"] == "by-status":
            outcome = self.get(self.of_status(status))
        return outcome["retry"] if outcome else "never"


def find_operation(document: dict[str, Any], operation_id: str) -> dict[str, Any]:
    for path in document["paths"].values():
        for operation in path.values():
            if operation["operationId"] == operation_id:
                found: dict[str, Any] = operation
                return found
    raise KeyError(f"the contract has no operation {operation_id}")


def examples(*bodies: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The examples of requests or responses, whatever their media type."""
    return {
        name: example
        for body in bodies
        for media in body.get("content", {}).values()
        for name, example in media["examples"].items()
    }


def folded(message: str) -> str:
    """Case, surrounding white space and final punctuation are ignored."""
    return message.strip().rstrip(".!?,;:…").rstrip().lower()
