"""The verbs that show windows: the desktop itself, and the demo; what they import is theirs to choose."""

from argparse import Namespace

from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import Output


def desktop(arguments: Namespace, output: Output) -> int:
    """Start the desktop on the data folder."""
    from mppdesk.app.desktop import run_desktop

    return run_desktop(data_folder(arguments))


def demo(arguments: Namespace, output: Output) -> int:
    """Run the sample office: with windows, or a whole day without a display."""
    from mppdesk.demo.start import run_demo

    return run_demo(arguments, output)
