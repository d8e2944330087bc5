"""`python -m mppdesk ...` is the same as the installed `mppdesk ...`."""

from mppdesk.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
