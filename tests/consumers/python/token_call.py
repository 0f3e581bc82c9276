"""Gets an access token for the two keys of an account. The generated client does the work, and `sign.py`
signs.
"""

import time
from dataclasses import dataclass, field

from face_search_enroll import Client
from face_search_enroll.api.access import generate_token
from face_search_enroll.models import TokenRequest
from outcomes import Outcomes
from sign import sign


@dataclass(frozen=True)
class Keys:
    access_key: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True)
class Issued:
    outcome: str
    token: str | None = field(repr=False)
    # Milliseconds since 1970 UTC, by the server's clock.
    expires: int | None


def now() -> int:
    return time.time_ns() // 1_000_000


def get_token(base_url: str, keys: Keys, outcomes: Outcomes, timestamp: int) -> Issued:
    request = TokenRequest(
        access_key=keys.access_key,
        timestamp=timestamp,
        signature=sign(keys.access_key, keys.secret_key, timestamp),
    )
    with Client(base_url=base_url) as client:
        answer = generate_token.sync(client=client, body=request)
    if answer is None:
        raise SystemExit("FAILED  python: the response is not an envelope")
    data = answer.data or None
    return Issued(
        outcome=outcomes.of(answer.code, answer.message or ""),
        token=data and data.token or None,
        expires=data and data.expired_time or None,
    )
