"""Organisers' lists: read from CSV and XLSX, judged row by row, kept sealed, and looked up for the chat."""
