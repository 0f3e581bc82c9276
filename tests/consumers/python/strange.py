"""Responses that the contract allows but has no example of, from a server in this process. Checks how
each is read.
"""

import json
from dataclasses import replace
from typing import Any

from checks import equal, passed
from enroll import Caller, Result
from face_search_enroll.types import UNSET
from server import serving


def check_strange_answers(caller: Caller) -> None:
    example = next(e for e in caller.contract.examples.values() if e.body["data"])
    without_data = {name: value for name, value in example.body.items() if name != "data"}

    what, unknown = "an unknown code", "CODE_OF_TOMORROW"
    result = answered(caller, what, {**without_data, "code": unknown})
    equal(result.outcome, caller.outcomes.of(""), what)
    equal(result.answer and result.answer.code, unknown, what)
    equal(result.answer and result.answer.message, example.message, what)
    # Whether a retry can help depends on the status.
    equal(caller.outcomes.retry(result.outcome, 200), "never", what)
    equal(caller.outcomes.retry(result.outcome, 503), "backoff", what)

    what = "data that is null"
    result = answered(caller, what, {**without_data, "data": None})
    equal(result.outcome, example.outcome, what)
    equal(result.answer and result.answer.data, None, what)
    equal(result.signature_id, None, what)

    what = "data that is absent"
    result = answered(caller, what, without_data)
    equal(result.outcome, example.outcome, what)
    equal(result.answer and result.answer.data, UNSET, what)
    equal(result.signature_id, None, what)

    what = "nothing but a code"
    result = answered(caller, what, {"code": example.code})
    equal(result.outcome, example.outcome, what)
    equal(result.answer and result.answer.message, UNSET, what)

    what, added = "an extra field", {"by": "tomorrow"}
    more = {**example.body, "data": {**example.body["data"], "added": added}, "added": added}
    result = answered(caller, what, more)
    equal(result.outcome, example.outcome, what)
    equal(result.signature_id, example.body["data"]["signatureId"], what)
    equal(result.answer and result.answer["added"], added, what)

    what = "a gateway's page"
    result = sent(caller, what, 502, "text/html", b"<html><h1>Bad Gateway</h1></html>")
    equal(result.answer, None, what)
    equal(result.outcome, caller.outcomes.of_status(502), what)
    equal(bool(result.outcome), True, what)


def answered(caller: Caller, what: str, body: dict[str, Any]) -> Result:
    return sent(caller, what, 200, "application/json", json.dumps(body).encode())


def sent(caller: Caller, what: str, status: int, content_type: str, body: bytes) -> Result:
    with serving(status, content_type, body) as base_url:
        signature_id = caller.contract.request["signatureId"]
        result = replace(caller, base_url=base_url).enroll(signature_id)
    equal(result.status, status, what)
    passed(f"{what}: {result.outcome}")
    return result
