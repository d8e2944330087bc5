"""Ids and tokens: time-ordered random ids for entries and subjects, opaque tokens for QR codes."""

import secrets
import time

# Crockford's base 32 without the letters that look like digits: read aloud and typed without doubt.
_TOKEN_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN_LENGTH = 16


class RandomIds:
    """Ids of RFC 9562 version 7 (48 bits of milliseconds, then random), written as 32 hex digits."""

    def new(self) -> str:
        milliseconds = time.time_ns() // 1_000_000
        value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | secrets.randbits(76)
        return f"{value & ~(0x3 << 62) | 0x2 << 62:032x}"

    def token(self) -> str:
        """80 random bits: nobody guesses another person's."""
        # A byte has eight times as many values as there are signs, so every sign is as likely as another.
        return "".join(_TOKEN_SIGNS[byte % len(_TOKEN_SIGNS)] for byte in secrets.token_bytes(_TOKEN_LENGTH))
