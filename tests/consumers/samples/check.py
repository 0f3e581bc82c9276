"""Runs the samples of the reference page against the sandbox that serves the page.

Takes the address of a sandbox that issues tokens, and reads the two keys of its account from the
environment. A language whose tool is not installed is skipped. Only the address in a sample is replaced.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

# For each language: the tool that must be installed, the file, and the command that runs the file.
LANGUAGES = {
    "curl": ("curl", "call.sh", ["sh"]),
    "JavaScript": ("node", "call.mjs", ["node"]),
    "Python": ("python3", "call.py", [sys.executable]),
    "Go": ("go", "call.go", ["go", "run"]),
    "Java": ("javac", "Call.java", ["java"]),
}


class Samples(HTMLParser):
    """The samples of a page, by operation and language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[str, str], str] = {}
        self._open: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "pre" and "data-language" in values:
            self._open = (values["data-operation"], values["data-language"])
            self.found[self._open] = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[self._open] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._open = None


def fetched(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return response.read().decode()


def at_sandbox(sample: str, server: str, sandbox: str) -> str:
    """The sample with the address of the sandbox, which uses plain HTTP."""
    replaced = sample.replace(server, sandbox)
    replaced = replaced.replace(f'"{urlsplit(server).netloc}"', f'"{urlsplit(sandbox).netloc}"')
    if replaced == sample:
        sys.exit(f"FAILED  samples: no address of {server} in\n{sample}")
    return replaced.replace("HTTPSConnection", "HTTPConnection")


def run(sample: str, language: str, token: str) -> dict:
    """The response that the sample prints."""
    _, name, command = LANGUAGES[language]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(sample)
        if language == "Go" and shutil.which("gofmt"):
            listed = subprocess.run(["gofmt", "-l", path], stdout=subprocess.PIPE, check=True)
            if listed.stdout:
                sys.exit(f"FAILED  samples: gofmt changes\n{sample}")
        printed = subprocess.run(
            [*command, path],
            env=os.environ | {"ACCESS_TOKEN": token},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    if printed.returncode != 0 or "{" not in printed.stdout:
        sys.exit(f"FAILED  samples: {language} printed {printed.stdout}{printed.stderr} for\n{sample}")
    return json.loads(printed.stdout[printed.stdout.index("{") :])


sandbox = sys.argv[1].rstrip("/")
document = json.loads(fetched(f"{sandbox}/openapi.json"))
server = document["servers"][0]["url"]
page = Samples()
page.feed(fetched(f"{sandbox}/"))
operations = [
    operation | {"takes_token": bool(operation.get("security", document["security"]))}
    for item in document["paths"].values()
    for operation in item.values()
]
os.environ["ACCESS_KEY"] = os.environ["FACE_SEARCH_ENROLL_ACCESS_KEY"]
os.environ["SECRET_KEY"] = os.environ["FACE_SEARCH_ENROLL_SECRET_KEY"]

for language, (tool, _, _) in LANGUAGES.items():
    if not shutil.which(tool):
        print(f"skipped  samples: {tool} is not installed here, for {language}")
        continue
    token = ""
    # The operation that issues the token goes first.
    for operation in sorted(operations, key=lambda it: it["takes_token"]):
        name = operation["operationId"]
        sample = at_sandbox(page.found[name, language], server, sandbox)
        response = run(sample, language, token)
        # All languages send the same example, so only the first call of an operation changes something.
        outcomes = operation["x-outcomes"].values()
        done = [it for it in outcomes if it.get("when") in ("done", "done-before")]
        if response["code"] not in [code for it in done for code in it["codes"]]:
            sys.exit(f"FAILED  samples: {name} in {language} is answered by {response}")
        token = (response["data"] or {}).get("token", token)
    print(f"ok  samples: {language}", flush=True)
