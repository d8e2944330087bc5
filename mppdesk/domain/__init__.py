"""The rules of the office in plain Python: no Qt, no SQL, no clock of its own."""
