"""The one place where the desktop's real parts are chosen and wired together."""
