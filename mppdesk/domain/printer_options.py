"""What the end of a printer's URL says of it: its model, and in what it differs from others of that model."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_models import GENERIC_80, MODELS, Confirmation, Form, Logo, PrinterModel
from mppdesk.texts import msg

DOTS_BY_COLUMNS = {48: 576, 42: 512, 32: 384}
"""The width of the heads that are sold, by the characters of font A in it."""

_MODEL = "model"
# By option: what of a model it says, and by which words.
_TELLING: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "confirm": ("confirmation", {str(way): way for way in Confirmation}),
    "columns": ("columns", {str(columns): columns for columns in DOTS_BY_COLUMNS}),
    "cut": ("has_cutter", {"yes": True, "no": False}),
    "qr": ("draws_qr", {"native": True, "raster": False}),
    "logo": ("logo", {str(place): place for place in Logo}),
    "form": ("form", {str(form): form for form in Form}),
    "text": ("draws_text", {"native": True, "raster": False}),
}
OPTIONS = frozenset({_MODEL, *_TELLING})


def model_of(options: Mapping[str, str]) -> PrinterModel:
    """What these options say that a printer is; one of which they say nothing is generic. Raises BadInput."""
    name = options.get(_MODEL, GENERIC_80.name)
    if name not in MODELS:
        raise BadInput(
            msg("Model printer {model} tidak dikenal. Belum ada yang dicetak.", model=name[:40]),
            msg("Pilih salah satu: {known}.", known=", ".join(MODELS)),
        )
    told = {each: options[each] for each in _TELLING if each in options}
    return with_columns(replace(MODELS[name], **dict(_understood(*each) for each in told.items())))


def with_columns(model: PrinterModel, columns: int | None = None) -> PrinterModel:
    """The model with a head that fits its characters; `columns` is one of DOTS_BY_COLUMNS, None those it has."""
    columns = columns or model.columns
    return replace(model, columns=columns, dots=DOTS_BY_COLUMNS[columns])


def url_saying(url: str, model: PrinterModel) -> str:
    """The URL with the options that make this model and no other; what else stands behind its question mark stays."""
    parts = urlsplit(url.strip())
    others = {name: value for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in OPTIONS}
    query = urlencode(others | _told(model))
    bare = url.strip().partition("?")[0]  # not by urlunsplit, which drops the slashes before an empty host
    return f"{bare}?{query}" if query else bare


def _understood(option: str, word: str) -> tuple[str, Any]:
    field, values = _TELLING[option]
    if word not in values:
        raise BadInput(
            msg("{option} tidak dikenal di alamat printer. Belum ada yang dicetak.", option=f"{option}={word[:40]}"),
            msg("Pilih salah satu: {known}.", known=", ".join(f"{option}={each}" for each in values)),
        )
    return field, values[word]


def _told(model: PrinterModel) -> dict[str, str]:
    """The usual printer needs no word; any other is named, and told in what it differs from its name."""
    usual = MODELS[model.name]
    told = {} if usual is GENERIC_80 else {_MODEL: model.name}
    for option, (field, values) in _TELLING.items():
        found = getattr(model, field)
        if found != getattr(usual, field):
            told[option] = next(word for word, value in values.items() if value == found)
    return told
