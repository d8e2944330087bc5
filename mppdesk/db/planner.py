"""What SQLite's planner must know of these tables, written once instead of measured.

Every key starts with `site_id`, and a database holds one site. Without statistics SQLite takes the first column of a
primary key for selective and reads whole tables that grow for years. Measuring (`ANALYZE`) would make plans depend on
the day it ran, so the growth is stated here; do not run `ANALYZE` or `PRAGMA optimize` on these databases.
"""

from sqlalchemy import Connection

# Rows that share the first n columns of a key: the site all of them, then a day or subject, then ever fewer.
_ROWS = 1_000_000
_SHARED = (_ROWS, 300, 30, 10, 5, 5, 5, 5)
_STATISTICS = ("sqlite_stat1", "sqlite_stat4")


def state_growth(connection: Connection) -> None:
    """Write the planner's statistics after a change of the schema; in the caller's transaction."""
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("ANALYZE alembic_version")  # creates the tables of the statistics
    for name in _names(connection, "SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat_'"):
        if name in _STATISTICS:
            connection.exec_driver_sql(f"DELETE FROM {name}")
    for table in _names(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%site_id%'"):
        by_key = _names(connection, f"SELECT wr FROM pragma_table_list('{table}')") == ["1"]
        for _, index, is_unique, origin, _ in connection.exec_driver_sql(f"PRAGMA index_list('{table}')").all():
            columns = len(connection.exec_driver_sql(f"PRAGMA index_info('{index}')").all())
            shared = [*_SHARED[: columns - 1], 1] if is_unique else _SHARED[:columns]
            statistic = " ".join(map(str, (_ROWS, *shared)))
            # A table without rowid goes by its own name in the statistics of its primary key.
            named = table if origin == "pk" and by_key else index
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", (table, named, statistic))


def _names(connection: Connection, query: str) -> list[str]:
    return [str(row[0]) for row in connection.exec_driver_sql(query).all()]
