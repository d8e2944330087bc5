"""The hub in the store: what a decision reads, and what is left to do after one."""
