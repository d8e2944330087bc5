"""The views: rows folded from the journal, which can always be rebuilt from it."""
