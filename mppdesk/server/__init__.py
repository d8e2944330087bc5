"""The hub of a building and the centre of many: commands, queue, events and journals over HTTP."""
