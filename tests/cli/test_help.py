"""The help: complete, and Indonesian to the last word that argparse says by itself."""

import argparse
from collections.abc import Iterator

import pytest

from mppdesk.cli.main import main
from mppdesk.cli.parser import build_parser


def verbs_of(parser: argparse.ArgumentParser, *words: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every verb with the words that lead to it."""
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                yield from verbs_of(verb, *words, name)


def test_every_verb_and_every_word_it_takes_is_explained() -> None:
    for words, verb in verbs_of(build_parser("1")):
        assert verb.description, words
        for action in verb._actions:
            if not isinstance(action, argparse._SubParsersAction):
                assert action.help, (words, action.dest)


def test_the_help_of_every_verb_is_indonesian() -> None:
    for words, verb in verbs_of(build_parser("1")):
        told = verb.format_help()
        for english in ("usage:", "options:", "arguments:", "show this", "program's", "and exit"):
            assert english not in told, (words, english)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ticket show", "masih perlu: NOMOR"),
        ("terbang", "'terbang' tidak dikenal"),
        ("ticket list --cepat", "tidak dikenal: --cepat"),
        ("ticket list --day", "--day: perlu satu isian"),
        ("counter open --counter 4 --service", "perlu sedikitnya satu isian"),
        ("demo --seed lama", "'lama' bukan angka"),
        ("demo --tickets 0", "'0' bukan banyaknya karcis"),
        ("demo --tickets=-5", "'-5' bukan banyaknya karcis"),
        ("demo --tickets 9999999", "tulis 1 sampai 5000"),
        ("print-jobs run --timeout lama", "'lama' bukan waktu tunggu"),
        ("print-jobs run --timeout nan", "'nan' bukan waktu tunggu"),
        ("print-jobs run --timeout=-1", "'-1' bukan waktu tunggu"),
        ("init", "perlu salah satu dari: --sample --site"),
        ("init --sample --site x.yaml", "tidak dapat bersama --sample"),
        ("ticket list --json=ya", "tidak menerima isian 'ya'"),
        ("ticket issue --p elderly", "kurang jelas"),
    ],
)
def test_wrong_use_is_said_in_indonesian(capsys: pytest.CaptureFixture[str], words: str, told: str) -> None:
    assert main(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in " ".join(said.err.split())
    assert "salah pakai:" in said.err
    assert "error" not in said.err
