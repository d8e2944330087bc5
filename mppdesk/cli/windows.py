"""The verbs that show windows: the desktop itself, and the demo; what they import is theirs to choose."""

from argparse import Namespace

from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import Output
from mppdesk.domain.errors import Refused
from mppdesk.texts import msg


def desktop(arguments: Namespace, output: Output) -> int:
    """Start the desktop on the data folder: sign-in and counter, or the windows asked for, each alone if need be."""
    from mppdesk.app.desktop import Shown, has_display, run_desktop

    if not has_display():
        raise Refused(
            msg("Tidak ada layar di sini, jadi jendela tidak dapat dibuka. Data tidak disentuh."),
            msg("Jalankan di komputer dengan layar, atau pakai perintah lain: mppdesk --help."),
        )
    shown = tuple(Shown(name) for name in getattr(arguments, "show", None) or ())
    return run_desktop(data_folder(arguments), shown, full_screen=getattr(arguments, "full_screen", False))


def demo(arguments: Namespace, output: Output) -> int:
    """Run the sample office: with windows, or a whole day without a display."""
    from mppdesk.demo.start import run_demo

    return run_demo(arguments, output)
