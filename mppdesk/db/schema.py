"""The whole schema: every module that defines tables, so that whoever makes or compares them sees all."""

from mppdesk.db import tables
from mppdesk.db.central import tables as central_tables
from mppdesk.db.columns import metadata
from mppdesk.db.paper import tables as paper_tables
from mppdesk.db.privacy import private_tables
from mppdesk.db.replication import sync_tables

SYNCED = tuple(table for table in metadata.sorted_tables if table.name.startswith(("journal_", "view_")))
"""The tables whose every key starts with the site."""

__all__ = ["SYNCED", "central_tables", "metadata", "paper_tables", "private_tables", "sync_tables", "tables"]
