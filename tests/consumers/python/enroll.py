"""One call of the endpoint, and what came of it: the generated client does the work."""

import json
from dataclasses import dataclass

from contract import Contract
from face_search_enroll import AuthenticatedClient
from face_search_enroll.api.face_set import enroll
from face_search_enroll.models import EnrollRequest, EnrollResponse
from outcomes import Outcomes


@dataclass(frozen=True)
class Result:
    status: int
    outcome: str | None
    # The envelope; None where the body is something else, such as a gateway's page.
    answer: EnrollResponse | None

    @property
    def signature_id(self) -> str | None:
        # A field that is absent is a value of its own, and as false as None.
        if self.answer is None or not self.answer.data:
            return None
        return self.answer.data.signature_id or None


@dataclass(frozen=True)
class Caller:
    base_url: str
    contract: Contract
    outcomes: Outcomes
    token: str

    def enroll(self, signature_id: str, headers: dict[str, str] | None = None) -> Result:
        with AuthenticatedClient(
            base_url=self.base_url,
            token=self.token,
            prefix="",
            auth_header_name=self.contract.token_header,
            headers=headers or {},
        ) as client:
            response = enroll.sync_detailed(client=client, body=EnrollRequest(signature_id))
        # The status does not tell an envelope from a page: an envelope may come with any.
        answer = response.parsed or envelope(response.content)
        if answer is None:
            outcome = self.outcomes.of_status(response.status_code)
        else:
            outcome = self.outcomes.of(answer.code, answer.message or "")
        return Result(response.status_code, outcome, answer)


def envelope(body: bytes) -> EnrollResponse | None:
    try:
        answer = EnrollResponse.from_dict(json.loads(body))
    except (ValueError, TypeError, KeyError):
        return None
    return answer if isinstance(answer.code, str) else None
