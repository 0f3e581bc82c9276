"""Tells what an answer means, by the rules that the contract carries.

This is all that it takes: copy it to classify answers without our Rust client.
"""

from contract import Contract


class Outcomes:
    def __init__(self, contract: Contract) -> None:
        self._pairs: dict[tuple[str, str], str] = {}
        self._parts: list[tuple[str, str, str]] = []
        self._codes: dict[str, str] = {}
        self._statuses: dict[int, str] = {}
        self._otherwise = ""
        for name, outcome in contract.outcomes:
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
                self._otherwise = name
        for example in contract.examples.values():
            self._pairs[example.code, folded(example.message)] = example.outcome

    def of(self, code: str, message: str = "") -> str:
        """What an envelope means: code and message, else the code alone, else the default."""
        text = folded(message)
        if outcome := self._pairs.get((code, text)):
            return outcome
        for its_code, part, outcome in self._parts:
            if its_code == code and part in text:
                return outcome
        return self._codes.get(code, self._otherwise)

    def of_status(self, status: int) -> str | None:
        """What an HTTP status means where the body is no envelope; nothing for most."""
        return self._statuses.get(status)


def folded(message: str) -> str:
    """Case, outer space and final punctuation do not count."""
    return message.strip().rstrip(".!?,;:…").rstrip().lower()
