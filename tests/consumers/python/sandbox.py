"""Asks a sandbox for every response that it can send, and checks how each is read."""

import os
import re
from dataclasses import replace

from checks import equal, passed
from contract import Contract
from enroll import Caller


def check_sandbox(caller: Caller) -> None:
    every_example(caller)
    every_status(caller)
    usual_course(caller)
    without_a_token(caller)


def every_example(caller: Caller) -> None:
    contract = caller.contract
    signature_id = contract.request["signatureId"]
    names = example_names(caller, signature_id)
    seen = set()
    for name in names:
        result = caller.enroll(signature_id, {"prefer": f"example={name}"})
        equal(result.status, 200, name)
        equal(result.outcome, expected_outcome(name, contract), name)
        shown = contract.examples.get(name)
        enrolled = shown and shown.body["data"]
        equal(result.signature_id, signature_id if enrolled else None, name)
        if result.answer is None:
            raise SystemExit(f"FAILED  python: the response to {name} is not an envelope")
        code, message = result.answer.code, result.answer.message or ""
        if shown:
            equal((code, message), (shown.code, shown.message), name)
        # The parts that a comparison ignores do not change the outcome.
        reworded = f" {message.removesuffix('.').upper()}! "
        equal(caller.outcomes.of(code, reworded), result.outcome, reworded)
        seen.add(result.outcome)
        passed(f"example {name}: {result.outcome}")
    equal(contract.examples.keys() - set(names), set(), "examples that the sandbox lacks")
    equal({name for name, _ in contract.outcomes} - seen, set(), "outcomes that did not come")
    passed(f"every outcome of the contract came: {len(seen)}")


def example_names(caller: Caller, signature_id: str) -> list[str]:
    """The names of the examples. The sandbox lists them if it is asked for an unknown one."""
    result = caller.enroll(signature_id, {"prefer": "example=?"})
    equal(result.status, 400, "an unknown example")
    _, names = str(result.answer and result.answer.extra).split(" use one of ")
    return names.split(", ")


def expected_outcome(name: str, contract: Contract) -> str:
    """The outcome of an example: in the document, or in its name, as in `not-entitled-2`."""
    if name in contract.examples:
        return contract.examples[name].outcome
    stem = re.sub(r"-\d+$", "", name)
    return next(
        outcome
        for outcome, _ in contract.outcomes
        if re.sub(r"\B([A-Z])", r"-\1", outcome).lower() == stem
    )


def every_status(caller: Caller) -> None:
    """The status does not change the outcome of an envelope."""
    signature_id = caller.contract.request["signatureId"]
    for name, example in caller.contract.examples.items():
        for status in [201, 401, 503]:
            result = caller.enroll(signature_id, {"prefer": f"example={name}, code={status}"})
            equal((result.status, result.outcome), (status, example.outcome), name)
    passed("an envelope under another status")


def usual_course(caller: Caller) -> None:
    """The first call enrolls the face, and the second reports that it is already enrolled."""
    signature_id = f"python-{os.getpid()}"
    results = [caller.enroll(signature_id), caller.enroll(signature_id)]
    told = [result.outcome for result in results]
    enrolled = {
        name for name, outcome in caller.contract.outcomes if outcome.get("enrolled") == "yes"
    }
    equal(set(told), enrolled, "called twice")
    equal([result.signature_id for result in results], [signature_id, None], "called twice")
    passed(f"called twice: {told[0]}, {told[1]}")


def without_a_token(caller: Caller) -> None:
    result = replace(caller, token="").enroll(caller.contract.request["signatureId"])
    equal(result.outcome, caller.outcomes.of_status(401), "without a token")
    passed(f"without a token: {result.outcome}")
