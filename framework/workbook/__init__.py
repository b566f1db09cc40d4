"""Spreadsheets in and out: the product's own workbook is read, checked, compared and written here.

The only owner of the spreadsheet libraries. It never writes to a store and never asks the clock.
"""
