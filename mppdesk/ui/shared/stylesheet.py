"""One style sheet, generated from the tokens: what the parts look like, told by their properties.

Parts are told apart by dynamic properties, never by object names: `letters`, `weight` and `family` choose the
letters, `tone` the colour of the text, `part` and `kind` the thing it is.
"""

from functools import cache
from string import Template

from mppdesk.ui.shared.fonts import Family, family_names, nearest_weight
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.tokens import tokens

_TONES = (
    "ink",
    "ink2",
    "pri",
    "on-pri",
    "ok",
    "warn",
    "bad",
    "prio",
    "on-bar",
    "on-bar2",
    "on-bar-ok",
    "on-sun",
    "line2",
)
_WEIGHTS = (400, 500, 600, 700, 800)
_CHIP_KINDS = ("ok", "warn", "bad", "prio", "pri")

_PARTS = Template("""
QWidget { color: $ink; }
QWidget[part="card"] { background: $paper; border: ${rule}px solid $line; border-radius: ${card}px; }
QWidget[part="card"][kind="warn"] { border: 2px solid $warn; }
QWidget[part="card"][kind="bad"] { border: 2px solid $bad; }
QWidget[part="dialog"] { background: $paper; }
QWidget[part="sunk"] { background: $sunk; }
QWidget[part="rule"] { background: $line; border: none; }
QWidget[part="topbar"] { background: $bar; }
QWidget[part="bar-edge"] { background: $bar_edge; }
QWidget[part="banner"][kind="ok"] { background: $ok_t; border: none; border-bottom: 2px solid $ok; }
QWidget[part="banner"][kind="warn"] { background: $warn_t; border: none; border-bottom: 2px solid $warn; }
QWidget[part="banner"][kind="bad"] { background: $bad_t; border: none; border-bottom: 2px solid $bad; }
QWidget[part="strip"] { background: $ok_t; border-radius: ${control}px; }
QWidget[part="keybar"] { background: $paper; border-top: ${rule}px solid $line; }
QLabel { background: transparent; }
QToolTip { background: $ink; color: $paper; border: none; padding: ${xxs}px; }

QPushButton {
  background: $paper; color: $ink; border: 2px solid $line2; border-radius: ${control}px;
  padding: ${xs}px ${m}px;
}
QPushButton:hover { background: $sunk; }
QPushButton:pressed { background: $pri_t; }
QPushButton:disabled { color: $line2; border-color: $line; background: transparent; }
QPushButton:focus { border: ${focus_line}px solid $focus; padding: ${xs_inner}px ${m_inner}px; }
QPushButton[kind="filled"] { background: $pri; color: $on_pri; border-color: $pri; }
QPushButton[kind="filled"]:pressed { background: $focus; color: $paper; }
QPushButton[kind="filled"]:disabled { background: $sunk; color: $line2; border-color: $line; }
QPushButton[kind="filled"]:focus { border-color: $on_pri; }

QPushButton[part="key"] { padding: 0px; }
QPushButton[part="key"]:disabled { background: transparent; border: 1px solid $line; }
QPushButton[part="key"]:checked { background: $pri_t; border-color: $pri; }
QPushButton[part="place"] { padding: 0px; text-align: left; border: 1px solid $line2; border-radius: ${card}px; }
QPushButton[part="place"]:checked { background: $pri_t; border: ${focus_line}px solid $pri; }
QPushButton[part="place"]:disabled { background: $sunk; }
QPushButton[part="place"]:focus { border: ${focus_line}px solid $focus; }
QPushButton[part="answer"] { padding: ${xxs}px ${s}px; }
QPushButton[part="answer"]:focus { padding: ${xxs}px ${s}px; }
QPushButton[part="answer"]:checked { background: $pri_t; border: ${focus_line}px solid $pri; }
QLabel[part="keycap"] {
  border: 2px solid $ink; border-bottom: 3px solid $ink; border-radius: 4px; padding: 1px ${xxs}px;
}
QPushButton[part="key"] QLabel:disabled { color: $line2; }
QLabel[part="keycap"]:disabled { border: 1px solid $line2; }
QLabel[part="keycap"][tone="on-pri"] { border-color: $on_pri; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {
  background: $paper; color: $ink; border: 2px solid $line2; border-radius: ${control}px;
  padding: ${field}px ${xs}px; selection-background-color: $pri; selection-color: $on_pri;
}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus {
  border: ${focus_line}px solid $focus; padding: ${field_inner}px ${xs_inner}px;
}
QLineEdit[part="tall"] { padding: ${s}px ${xs}px; lineedit-password-character: 8226; }
QLineEdit[part="tall"]:focus { padding: ${s_inner}px ${xs_inner}px; }
QLineEdit { placeholder-text-color: $ink2; }
QComboBox::drop-down { border: none; width: ${l}px; }
QComboBox::down-arrow {
  width: 0px; height: 0px; border-left: 6px solid $paper; border-right: 6px solid $paper; border-top: 7px solid $ink2;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $ink2; background: $sunk; }

QAbstractItemView {
  background: $paper; border: none; outline: none; selection-background-color: $pri_t; selection-color: $ink;
}
QTableView::item { padding: ${xxs}px ${xs}px; border-bottom: ${rule}px solid $line; }
QTableView::item:selected { background: $pri_t; color: $ink; }
QTableView:focus { border: ${focus_line}px solid $focus; }
QHeaderView::section {
  background: $ground; color: $ink2; border: none; border-bottom: ${rule}px solid $line; padding: ${xxs}px ${xs}px;
}
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $line2; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: transparent; }
QTabBar::tab {
  background: transparent; color: $ink2; border: ${focus_line}px solid transparent; padding: ${xxs}px ${tab}px;
}
QTabBar::tab:selected { color: $pri; border-bottom-color: $pri; }
QTabBar::tab:focus { border-color: $focus; }
""")


@cache
def stylesheet(theme: Theme) -> str:
    """The style sheet of a theme, for `QApplication` or for one window."""
    return "\n".join((_PARTS.substitute(_values(theme)), _tones(theme), _letters(theme), _chips(theme)))


def _values(theme: Theme) -> dict[str, object]:
    colours = {name.replace("-", "_"): theme.colour(name).name() for name in tokens().colours[theme.colours]}
    spaces = {name: theme.space(name) for name in tokens().space}
    radii = {name: theme.radius(name) for name in tokens().radius}
    inner = {f"{name}_inner": max(0, theme.space(name) - 1) for name in ("xs", "s", "m")}
    return {
        **colours, **spaces, **radii, **inner,
        "rule": tokens().line["rule"], "focus_line": tokens().line["focus"],
        "field": theme.px(6), "field_inner": theme.px(6) - 1, "tab": theme.px(1),
    }  # fmt: skip


def _tones(theme: Theme) -> str:
    return "\n".join(f'QWidget[tone="{tone}"] {{ color: {theme.colour(tone).name()}; }}' for tone in _TONES)


def _letters(theme: Theme) -> str:
    sizes = [
        f'QWidget[letters="{role}"] {{ font-size: {theme.size(role)}px; }}' for role in tokens().letters[theme.letters]
    ]
    weights = [f'QWidget[weight="{weight}"] {{ {_weight(theme.family, weight)} }}' for weight in _WEIGHTS]
    numbers = f'QWidget[family="number"] {{ {_weight(Family.CITIZEN, 800)} }}'
    return "\n".join((*sizes, *weights, f"QPushButton, QTabBar {{ {_weight(theme.family, 600)} }}", numbers))


def _weight(family: Family, weight: int) -> str:
    own = nearest_weight(family, weight)
    names = ", ".join(f'"{name}"' for name in family_names(family, own))
    return f"font-family: {names}; font-weight: {own};"


def _chips(theme: Theme) -> str:
    shape = f"border-radius: {theme.radius('control') - 1}px;"
    quiet = f'QWidget[part="chip"] {{ background: {theme.colour("sunk").name()}; {shape} }}'
    dashed = (
        f'QWidget[part="chip"][kind="open"] {{ background: transparent; '
        f"border: 1px dashed {theme.colour('line2').name()}; }}"
    )
    sun = f'QWidget[part="chip"][kind="sun"] {{ background: {theme.colour("sun").name()}; }}'
    tinted = (
        f'QWidget[part="chip"][kind="{kind}"] {{ background: {theme.colour(f"{kind}-t").name()}; }}'
        for kind in _CHIP_KINDS
    )
    return "\n".join((quiet, *tinted, sun, dashed))
