"""Paper: the print jobs of this PC, their copies, what ages out, and the rolls in its printers."""
