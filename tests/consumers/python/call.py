"""Enrolls one signature id, and prints what happened and what to do."""

import json
import os
import sys
import time

from face_search_enroll import AuthenticatedClient, Client
from face_search_enroll.api.access import generate_token
from face_search_enroll.api.face_set import enroll
from face_search_enroll.models import EnrollRequest, TokenRequest
from outcomes import Outcomes
from sign import sign

base_url, signature_id, contract = sys.argv[1:]
access_key = os.environ["FACE_SEARCH_ENROLL_ACCESS_KEY"]
secret_key = os.environ["FACE_SEARCH_ENROLL_SECRET_KEY"]
with open(contract, encoding="utf-8") as file:
    outcomes = Outcomes(json.load(file), "enroll")

timestamp = time.time_ns() // 1_000_000
signature = sign(access_key, secret_key, timestamp)
token_request = TokenRequest(access_key=access_key, timestamp=timestamp, signature=signature)
issued = generate_token.sync(client=Client(base_url=base_url), body=token_request)
if not issued or not issued.data or not issued.data.token:
    sys.exit(f"no token: {issued and issued.message}")

client = AuthenticatedClient(
    base_url=base_url, token=issued.data.token, prefix="", auth_header_name="X-ACCESS-TOKEN"
)
response = enroll.sync_detailed(client=client, body=EnrollRequest(signature_id))
# An envelope can come with any status. The client parses only the body of a 200.
try:
    body = json.loads(response.content)
    name = outcomes.of(body["code"], body.get("message") or "")
except (ValueError, TypeError, KeyError):
    found = outcomes.of_status(response.status_code)
    name = found or f"no outcome for HTTP status {int(response.status_code)}"
outcome = outcomes.get(name)
print(name, "|", outcome and outcome["summary"], "|", outcome and outcome["action"])
print("retry:", outcomes.retry(name, response.status_code))
