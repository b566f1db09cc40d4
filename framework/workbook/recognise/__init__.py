"""Strangers' workbooks: where the tables are, what their columns mean, what must be asked, and what comes of it."""
