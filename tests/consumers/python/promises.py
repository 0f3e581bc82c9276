"""What the generated types must guarantee. Nothing here is executed: mypy reports what is not true."""

from typing import Any, assert_type

from face_search_enroll.models import EnrollRequest, EnrollResponse
from face_search_enroll.types import Unset


def promises(request: EnrollRequest, answer: EnrollResponse) -> None:
    assert_type(request.signature_id, str)
    # The list of codes is open: a new code is read like any other.
    assert_type(answer.code, str)
    assert_type(answer.message, str | Unset)
    # It may have any type. Unknown fields are kept.
    assert_type(answer.extra, Any | Unset)
    assert_type(answer.additional_properties, dict[str, Any])
    # It may be null or absent.
    if not isinstance(answer.data, Unset) and answer.data is not None:
        assert_type(answer.data.signature_id, str | Unset)
