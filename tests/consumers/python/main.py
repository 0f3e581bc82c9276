"""Proves that the contract can be used from Python: takes the address of a sandbox, and prints a
line for each check that passed.
"""

import sys

from contract import Contract
from enroll import Caller
from outcomes import Outcomes
from sandbox import check_sandbox
from strange import check_strange_answers

base_url = sys.argv[1]
contract = Contract.of(base_url)
caller = Caller(base_url, contract, Outcomes(contract))

check_sandbox(caller)
check_strange_answers(caller)
