"""Where the data lies when nobody says otherwise; imports nothing that a first window would wait for."""

from argparse import Namespace
from pathlib import Path


def data_folder(arguments: Namespace) -> Path:
    """The folder of --data, else the one of this user on this system."""
    if arguments.data:
        return Path(arguments.data)
    from platformdirs import user_data_path

    return user_data_path("mppdesk", appauthor=False)
