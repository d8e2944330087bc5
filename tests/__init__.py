"""The proof: rules with fakes, storage with real files, windows by keyboard, and whole days in the clerk's words."""
