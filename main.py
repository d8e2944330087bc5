"""Start mppdesk from a checkout: `python main.py ...` is the same as the installed `mppdesk ...`."""

import sys
from importlib.util import find_spec


def main() -> int:
    if any(find_spec(name) is None for name in ("PySide6", "sqlalchemy", "sqlcipher3", "msgspec")):
        sys.stderr.write(
            "mppdesk belum dapat dijalankan: pustakanya belum terpasang di Python ini. "
            "Jalankan: python3 installer/dev.py run\n"
        )
        return 2
    from mppdesk.cli.main import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
