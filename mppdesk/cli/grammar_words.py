"""What argparse itself says, in Indonesian: usage, help and wrong use read like the rest of the program."""

import argparse

_WORDS = {
    "usage: ": "cara pakai: ",
    "options": "pilihan",
    "positional arguments": "isian",
    "show this help message and exit": "tampilkan bantuan ini",
    "%(prog)s: error: %(message)s\n": "%(prog)s: salah pakai: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "masih perlu: %s",
    "one of the arguments %s is required": "perlu salah satu dari: %s",
    "not allowed with argument %s": "tidak dapat bersama %s",
    "unrecognized arguments: %s": "tidak dikenal: %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kurang jelas; mungkin %(matches)s",
    "ignored explicit argument %r": "tidak menerima isian %r",
    "expected one argument": "perlu satu isian",
    "expected at least one argument": "perlu sedikitnya satu isian",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak dikenal (pilih dari %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r bukan angka",
}


def speak_indonesian() -> None:
    """Let argparse take its own words from here.

    WORKAROUND https://docs.python.org/3/library/gettext.html: argparse asks gettext, which knows compiled catalogues of
    an installed language only; this name of its module is the one door.
    """
    argparse._ = lambda words: _WORDS.get(words, words)  # type: ignore[attr-defined]
