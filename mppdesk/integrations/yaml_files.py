"""YAML written by people, read as plain values: no tags, no aliases, no surprises of YAML 1.1, no file too large.

Only `null`, `true`, `false` and whole numbers are more than text: a date, `08.00-15.00` or a prefix `N` stay as typed.
"""

import re
import stat
from pathlib import Path
from typing import Any

import yaml

from mppdesk.integrations.problems import ProblemLog
from mppdesk.texts import msg

LARGEST_FILE_BYTES = 5 * 1024 * 1024
_DEEPEST = 20
# Five megabytes of `- a` would take half a minute; the largest agency of the sample has some 20,000 events.
_MOST_EVENTS = 200_000
_MOST_PROBLEMS = 50
_PLAIN_TAGS = frozenset({None, "!"})
# The parser in C reads a catalogue ten times as fast; a wheel without it still works.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc] # one of two classes, known only at run time
    """The safe loader with the few scalars of the module's docstring; it notes keys that stand twice."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML copies it by class on the first addition

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                self.repeated.append((name, key.start_mark.line + 1))
            seen.add(name)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
# Up to 18 digits: more is no amount, and int() of millions of digits would take minutes.
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789"))


def read_yaml(path: Path, log: ProblemLog) -> Any:
    """Read one document; None when it cannot be read, with the reason in the log. Never raises."""
    text = _read_text(path, log)
    if text is None or not _is_plain(text, log):
        return None
    loader = _Loader(text)
    try:
        value = loader.get_single_data()
    except yaml.YAMLError as trouble:
        _log_syntax(trouble, log)
        return None
    finally:
        loader.dispose()
    for name, line in loader.repeated[:_MOST_PROBLEMS]:
        log.error("", msg("Baris {line}: kunci {name} tertulis dua kali.", line=line, name=name))
    if value is None:
        log.error("", msg("Berkas ini kosong."))
    return value


def _read_text(path: Path, log: ProblemLog) -> str | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            log.error("", msg("Ini bukan berkas biasa."))
            return None
        if status.st_size > LARGEST_FILE_BYTES:
            log.error("", msg("Berkas terlalu besar: {size} byte, paling besar 5 MB.", size=status.st_size))
            return None
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        log.error("", msg("Berkas bukan teks UTF-8: byte ke-{place} tidak terbaca.", place=trouble.start + 1))
    except FileNotFoundError:
        log.error("", msg("Berkas tidak ditemukan."))
    except (OSError, ValueError):
        log.error("", msg("Berkas tidak dapat dibaca; periksa izin dan medianya."))
    return None


def _is_plain(text: str, log: ProblemLog) -> bool:
    """Go through the events before anything is built: no alias can multiply, no depth exhaust the stack."""
    found, depth, documents = log.error_count, 0, 0
    try:
        for number, event in enumerate(yaml.parse(text, Loader=_SafeLoader)):
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            _check_event(event, log)
            if _is_too_much(number, depth, event, log) or log.error_count >= _MOST_PROBLEMS:
                return False
    except yaml.YAMLError as trouble:
        _log_syntax(trouble, log)
    if documents > 1:
        log.error("", msg("Berkas berisi {count} dokumen YAML; seharusnya satu.", count=documents))
    return log.error_count == found


def _is_too_much(number: int, depth: int, event: yaml.Event, log: ProblemLog) -> bool:
    if depth > _DEEPEST:
        log.error("", msg("Baris {line}: isi bersarang terlalu dalam.", line=_line(event)))
        return True
    if number >= _MOST_EVENTS:
        log.error("", msg("Baris {line}: isi berkas terlalu banyak; pecah menjadi beberapa berkas.", line=_line(event)))
        return True
    return False


def _check_event(event: yaml.Event, log: ProblemLog) -> None:
    if not isinstance(event, yaml.NodeEvent):
        return
    if event.anchor is not None:
        log.error("", msg("Baris {line}: jangkar (&) dan acuan (*) YAML tidak diterima.", line=_line(event)))
    if getattr(event, "tag", None) not in _PLAIN_TAGS:
        log.error("", msg("Baris {line}: tag YAML (!) tidak diterima.", line=_line(event)))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _log_syntax(trouble: yaml.YAMLError, log: ProblemLog) -> None:
    mark = getattr(trouble, "problem_mark", None) or getattr(trouble, "context_mark", None)
    if mark is None:
        log.error("", msg("Berkas berisi karakter yang tidak boleh ada di YAML."))
        return
    sentence = "Baris {line}, kolom {column}: YAML rusak; periksa spasi di awal baris, titik dua dan tanda kutip."
    log.error("", msg(sentence, line=mark.line + 1, column=mark.column + 1))
