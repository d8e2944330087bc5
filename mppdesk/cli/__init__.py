"""The verbs of the command line; like `app`, it wires the real parts together."""
