"""Results as files: CSV, a workbook for Excel, a page for Word."""
