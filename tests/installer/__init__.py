"""The one-command set-up."""
