"""Gets an access token for the two keys of an account, and checks the outcomes of failures."""

from dataclasses import replace
from typing import Any

from checks import equal, passed
from contract import signed_examples
from outcomes import Outcomes
from sign import sign
from token_call import Keys, get_token, now

HOUR = 3_600_000


def check_keys(base_url: str, keys: Keys, document: dict[str, Any]) -> str:
    """Checks how a token is issued, and returns one."""
    examples = signed_examples(document)
    equal(bool(examples), True, "examples of signatures")
    for example in examples:
        signed = sign(example["accessKey"], example["secretKey"], int(example["timestamp"]))
        equal(signed, example["signature"], "the contract's example of a signature")
    passed("signs as the contract's example")

    outcomes = Outcomes(document, "generateToken")

    what = "a wrong secret key"
    wrong = replace(keys, secret_key=keys.secret_key + "?")
    refused = get_token(base_url, wrong, outcomes, now())
    equal((refused.outcome, refused.token), ("WrongSignature", None), what)
    passed(f"{what}: {refused.outcome}")

    what = "a clock that is an hour slow"
    refused = get_token(base_url, keys, outcomes, now() - HOUR)
    equal((refused.outcome, refused.token), ("WrongTime", None), what)
    passed(f"{what}: {refused.outcome}")

    issued = get_token(base_url, keys, outcomes, now())
    equal(issued.outcome, "TokenIssued", "two keys")
    if issued.token is None or issued.expires is None or issued.expires <= now():
        raise SystemExit("FAILED  python: the token is missing or has expired")
    passed(f"two keys: {issued.outcome}")
    return issued.token
