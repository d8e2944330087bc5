"""SQLite and SQLAlchemy, seen by nobody above."""
