"""Files become one warehouse: read → check → pseudonymise → cache → build → publish.

In:   deliveries (CSV, XLSX) as they come, and the terms of the contracts that are known (`ContractTerm`).
Out:  a *momentopname*: one DuckDB file that never changes afterwards, and a load report that adds up.
Never here: a BSN outside memory, a figure, a norm, an import of metrics, contracts or dashboard.

Only the names exported here are meant for the neighbours.
"""
