"""Makes the golden bytes and pictures anew; without a screen, `QT_QPA_PLATFORM=offscreen` draws them all the same."""

import os
from itertools import chain

from PySide6.QtWidgets import QApplication

from mppdesk.domain.slip_layout import requirements_slip
from mppdesk.printing.escpos import to_bytes
from tests.fakes.sample_papers import REQUIREMENTS
from tests.printing.golden import DRAWN, FOLDER, LOGO, MODELS, bytes_file, picture_file, sheets, slips, with_logo
from tests.printing.golden.pictures import drawn, printed_picture


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    for file in (*FOLDER.glob("*.escpos"), *FOLDER.glob("*.png")):
        file.unlink()
    for model in MODELS:
        for name, slip in slips(model.columns):
            bytes_file(name, model).write_bytes(to_bytes(slip, model))
            if model in DRAWN:
                drawn(slip).save(str(picture_file(name, model)))
        sent = to_bytes(requirements_slip(REQUIREMENTS, model.columns), with_logo(model), LOGO)
        bytes_file("logo", model).write_bytes(sent)
        printed_picture(sent).save(str(picture_file("logo", model)))
    application.quit()
    for sheet in sheets.FOLDER.glob("*.png"):
        sheet.unlink()
    for file, picture in chain.from_iterable(sheets.pictures(*paper) for paper in sheets.papers()):
        sheets.keep(picture, file)


if __name__ == "__main__":
    main()
