"""Makes the golden bytes and pictures anew; without a screen, `QT_QPA_PLATFORM=offscreen` draws them all the same."""

import os

from PySide6.QtWidgets import QApplication

from mppdesk.printing.escpos import to_bytes
from tests.printing.golden import DRAWN, FOLDER, MODELS, bytes_file, picture_file, slips
from tests.printing.golden.pictures import drawn


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
    application.quit()


if __name__ == "__main__":
    main()
