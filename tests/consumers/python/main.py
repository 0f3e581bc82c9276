"""Checks that the contract can be used from Python.

Takes the address of a sandbox, and reads the two keys of its account from the environment. Prints a line
for each check that passed.
"""

import os
import sys

from contract import Contract, document_of
from enroll import Caller
from keys import check_keys
from outcomes import Outcomes
from sandbox import check_sandbox
from strange import check_strange_answers
from token_call import Keys

base_url = sys.argv[1]
keys = Keys(os.environ["FACE_SEARCH_ENROLL_ACCESS_KEY"], os.environ["FACE_SEARCH_ENROLL_SECRET_KEY"])
document = document_of(base_url)
contract = Contract(document, "enroll")

token = check_keys(base_url, keys, document)
caller = Caller(base_url, contract, Outcomes(document, "enroll"), token)
check_sandbox(caller)
check_strange_answers(caller)
