"""Random keys in addresses and cookies: whoever has one may enter, and only its hash is kept."""

import hashlib
import re
import secrets

OCTETS = 32
LENGTH = 43  # characters of a key: 32 octets in unpadded base64url
KEY = re.compile(f"[A-Za-z0-9_-]{{{LENGTH}}}")


def new_key() -> str:
    return secrets.token_urlsafe(OCTETS)


def read(text: str) -> str:
    """Return a key if it is written as one, else nothing; whether it opens anything is not said."""
    return text if KEY.fullmatch(text) else ""


def hash_of(key: str) -> str:
    """Return the SHA-256 of a key, in hex, under which its row is found."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
