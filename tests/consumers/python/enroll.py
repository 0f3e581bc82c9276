"""One call of the operation, and its result. The generated client does the work."""

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
    # The envelope; None if the body is something else, such as a gateway's page.
    answer: EnrollResponse | None

    @property
    def signature_id(self) -> str | None:
        # An absent field has the value UNSET, which is false like None.
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
        # An envelope can come with any status, so the status does not say whether the body is one.
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
