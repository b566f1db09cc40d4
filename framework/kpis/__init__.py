"""What a KPI is and how it is judged: pure functions of plain values, importable alone.

Source of every rule: the measurement specification, summed up in docs/decisions/0004-judging-kpis.md.
"""
