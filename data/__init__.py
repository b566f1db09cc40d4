"""What the product ships with: the framework workbook and the maker of its fictional sample."""
