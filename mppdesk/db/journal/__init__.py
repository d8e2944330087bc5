"""The journal in the store: its bytes, its logs, its verification and its history."""
