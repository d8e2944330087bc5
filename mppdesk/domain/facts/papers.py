"""Facts about the sheets that a person carries away."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipReprinted:
    """Somebody asked for a copy, which is queued with this entry: of a ticket (about its visit), or of a file's paper.

    `slip`: ticket, receipt, lacking; `label` the number on the sheet; `copy_number` the n of its SALINAN n; `printer`
    the name in the settings. With `is_file` it was saved as PDF instead, and `printer` says so to earlier versions.
    """

    slip: str
    label: str
    copy_number: int
    printer: str
    is_file: bool = False
