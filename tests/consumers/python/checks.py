"""How a check fails, and how it reports that it passed."""


def equal(found: object, expected: object, what: str = "") -> None:
    if found != expected:
        raise SystemExit(f"FAILED  python: {what}: found {found!r}, expected {expected!r}")


def passed(what: str) -> None:
    print(f"ok  python: {what}", flush=True)
