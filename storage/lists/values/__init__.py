"""Cells of a list read as values: numbers, sums, moments, ways of payment."""
