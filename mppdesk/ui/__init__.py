"""Everything Qt; importing it first keeps the interpreter alive beside PySide6 6.12 (docs/decisions/0003)."""

from mppdesk.ui.shared.lasting_none import keep_none

keep_none()
