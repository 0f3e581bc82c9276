"""Checks a program that signs, with the worked examples of the contract.

Takes the address of a sandbox, which serves the contract, and a command. The command reads the keys from
its environment and the timestamp from its last argument, and prints the signature.
"""

import json
import os
import subprocess
import sys
import urllib.request

base_url, *command = sys.argv[1:]
with urllib.request.urlopen(f"{base_url}/openapi.json") as response:
    schemas = json.load(response)["components"]["schemas"]

examples = [
    field["x-signature"]["x-example"]
    for schema in schemas.values()
    for field in schema.get("properties", {}).values()
    if "x-signature" in field
]
if not examples:
    sys.exit("FAILED  signing: the contract has no worked example of a signature")
for example in examples:
    keys = {
        "FACE_SEARCH_ENROLL_ACCESS_KEY": example["accessKey"],
        "FACE_SEARCH_ENROLL_SECRET_KEY": example["secretKey"],
    }
    signed = subprocess.run(
        [*command, str(example["timestamp"])],
        env=os.environ | keys,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    if signed.stdout.strip() != example["signature"]:
        sys.exit(f"FAILED  signing: {' '.join(command)} printed {signed.stdout.strip()!r}")
