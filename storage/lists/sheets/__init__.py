"""Files of lists read as rows: CSV, XLSX, and their columns."""
