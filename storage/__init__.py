"""Keeping: tables, the writer that commits turns in groups, encryption, and the promotions folder."""
