"""What files to take along are called: two that hold something else never bear one name."""

import pytest

from dashboard.app import create_app
from dashboard.file_name import file_name
from dashboard.state import View

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.mark.parametrize(("search", "outside", "called"), [
    ("", False, "uitstroom-abc.csv"),
    ("", True, "uitstroom-abc-voor-buiten.csv"),
    ("?leerroute=B1,Z&cohort=2023", False, "uitstroom-cohort-2023-leerroute-B1-Z-abc.csv"),
    ("?leeftijd=45%2B&van=2024-01-01&tot=2024-12-31", False, "uitstroom-leeftijd-45-2024-01-01-tot-2024-12-31-abc.csv"),
    ("?contract=a%22%2F..%0D%0Ab", False, "uitstroom-abc.csv"),  # no address writes into a header or a folder
    ("?gemeente=0392,0397,0377,0375,0473,0394,0402,0406,0417,0376,0361,0363,0370,0383&cohort=2022,2023,2024", False,
     "uitstroom-keuze-abc.csv"),
])  # fmt: skip
def test_a_name_tells_whose_it_is_and_whether_it_may_go_outside(search, outside, called):
    assert file_name("uitstroom", View.read(search), "abc", "csv", example=False, outside=outside) == called
    told = file_name("uitstroom", View.read(search), "abc", "csv", example=True, outside=outside)
    assert told == f"VOORBEELD-{called}"


def test_exact_and_guarded_files_differ_in_name_as_in_content(werkmap, snapshot):
    client = create_app(werkmap).server.test_client()
    inside, outside = (client.get(f"/bestand/uitstroom.csv?cohort=2023{more}") for more in ("", "&publicatie=1"))
    assert "verborgen" in outside.text
    assert "verborgen" not in inside.text
    name = f"VOORBEELD-uitstroom-cohort-2023-{snapshot.id}"
    assert inside.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert outside.headers["Content-Disposition"] == f'attachment; filename="{name}-voor-buiten.csv"'
