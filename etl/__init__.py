"""Files become one warehouse: read → check → pseudonymise → cache → build → reconcile → publish.

In:   deliveries (CSV, XLSX) as they come, and the terms of the contracts that are known (`ContractTerm`).
Out:  a *momentopname*: one DuckDB file that never changes afterwards, and a load report that adds up.
Never here: a BSN outside memory, a figure, a norm, an import of metrics, contracts or dashboard.

Only the names exported here are meant for the neighbours.
"""

from etl.build import ContractTerm
from etl.cleanup import Removal
from etl.cleanup import carry_out as clean_up
from etl.cleanup import plan as cleanup_plan
from etl.cleanup import too_old as current_is_too_old
from etl.key_change import KeyInfo, change_key, key_info, old_keys
from etl.layout import standard, tables
from etl.load import check_files, load
from etl.load_report import FileReport, LoadReport, Refusal, read_report
from etl.mark import write_marked
from etl.mask import mask, passes_elfproef
from etl.pseudonymise import key_file, schrijf_persoon
from etl.store import Snapshot, SnapshotInfo, Store
from etl.template import template_municipality, template_supplier

__all__ = [
    "ContractTerm",
    "FileReport",
    "KeyInfo",
    "LoadReport",
    "Refusal",
    "Removal",
    "Snapshot",
    "SnapshotInfo",
    "Store",
    "change_key",
    "check_files",
    "clean_up",
    "cleanup_plan",
    "current_is_too_old",
    "key_file",
    "key_info",
    "load",
    "mask",
    "old_keys",
    "passes_elfproef",
    "read_report",
    "schrijf_persoon",
    "standard",
    "tables",
    "template_municipality",
    "template_supplier",
    "write_marked",
]
