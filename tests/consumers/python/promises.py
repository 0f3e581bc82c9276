"""What the generated types must say. Nothing runs here: mypy refuses what does not hold."""

from typing import Any, assert_type

from face_search_enroll.models import EnrollRequest, EnrollResponse
from face_search_enroll.types import Unset


def promises(request: EnrollRequest, answer: EnrollResponse) -> None:
    assert_type(request.signature_id, str)
    # Open: a code that was added later is read like any other.
    assert_type(answer.code, str)
    assert_type(answer.message, str | Unset)
    # Of any type, and so are members that the contract does not know.
    assert_type(answer.extra, Any | Unset)
    assert_type(answer.additional_properties, dict[str, Any])
    # Both null and absent.
    if not isinstance(answer.data, Unset) and answer.data is not None:
        assert_type(answer.data.signature_id, str | Unset)
