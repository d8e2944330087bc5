"""Shows what was foreseen as a banner: the person sees at once what became of the last key, and goes on."""

from mppdesk.domain.errors import ClerkError
from mppdesk.ui.shared.banner import Banner, BannerStack, Level

CAUSE = "answer"
SECONDS = 12.0


class ErrorBanner:
    """Call it with an error to show it; `end` it when the next act begins."""

    def __init__(self, banners: BannerStack) -> None:
        self._banners = banners

    def __call__(self, error: ClerkError) -> None:
        """Show the sentence of the error for a while; a newer one takes its place."""
        banner = Banner(Level.ANSWER, "alert-triangle", error.what_happened, error.what_to_do)
        self._banners.show_banner(CAUSE, banner, SECONDS)

    def end(self) -> None:
        """The person went on; the sentence has been read."""
        self._banners.end(CAUSE)
