"""Backups, the recovery sheet, and opening either again."""
