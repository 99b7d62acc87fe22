"""Dates are found in lines of pages, in declared values and in paths."""
