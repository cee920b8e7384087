"""The register in SQLite: the only place with SQL."""
