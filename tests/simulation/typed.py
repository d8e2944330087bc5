"""What clerks type about people, all of them invented: one of the markers stands in each text."""

import random

from mppdesk.operations.submissions import ApplicantData

_FAMILY, _FIRST_DIGITS, _IN_CONFIDENCE = "Contohwati", "9999000111", "rahasia sekali"
MARKERS = tuple(text.encode() for text in (_FAMILY, _FIRST_DIGITS, _IN_CONFIDENCE))
"""Sealed, none of them can be found anywhere."""

_FIRST_NAMES = ("Melati", "Kenanga", "Cempaka", "Dahlia", "Sekar")


def a_note(chance: random.Random) -> str:
    """A few words that are nobody else's business."""
    return f"{_IN_CONFIDENCE}: {chance.choice(_FIRST_NAMES)} {chance.getrandbits(16)}"


def an_applicant(chance: random.Random) -> ApplicantData:
    """Name, NIK and phone of a person who does not exist."""
    digits = f"{_FIRST_DIGITS}{chance.randrange(10**6):06d}"
    return ApplicantData(f"{chance.choice(_FIRST_NAMES)} {_FAMILY}", nik=digits, phone=f"08{digits}")
