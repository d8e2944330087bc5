"""The centre's PostgreSQL: many sites in one schema, several processes beside each other."""
