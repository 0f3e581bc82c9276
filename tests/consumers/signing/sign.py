from hashlib import sha256


def sign(access_key: str, secret_key: str, timestamp: int) -> str:
    """The signature of a request for a token. `timestamp` is the timestamp of the same request."""
    return sha256(f"{access_key}{secret_key}{timestamp}".encode()).hexdigest()
