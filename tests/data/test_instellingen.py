"""The settings: what goes before what, every mistake at once with its line, and secrets that nobody gets to see."""

import json
import re
from pathlib import Path

import pytest
import yaml

from dashboard.cli import main
from data import instellingen
from data.fouten import Gebruiksfout

SECRET = "een-geheim-dat-niemand-mag-zien-0123456789"


def _file(folder: Path, text: str) -> Path:
    (folder / "instellingen.yaml").write_text(text, encoding="utf-8")
    return folder


def test_environment_goes_before_file_goes_before_usual(tmp_path, monkeypatch):
    _file(tmp_path, "limiet:\n  wachten: 5\n  delen: 60\nserver:\n  draden: 8\n")
    monkeypatch.setenv("INBURGERING_LIMIET_WACHTEN", "7")
    chosen = instellingen.lees(tmp_path)
    assert (chosen.limiet.wachten, chosen.limiet.delen, chosen.limiet.kolommen) == (7, 60, 2000)
    said = {f"{one.groep}.{one.naam}": one.herkomst for one in instellingen.van_kracht(tmp_path)}
    assert said["limiet.wachten"] == "omgeving (INBURGERING_LIMIET_WACHTEN)"
    assert said["limiet.delen"] == "instellingen.yaml, regel 3"
    assert said["server.draden"] == "instellingen.yaml, regel 5"  # also when it equals the usual value
    assert said["limiet.kolommen"] == "gewoon"


def test_every_mistake_is_told_at_once_with_its_line(tmp_path, monkeypatch):
    _file(
        tmp_path,
        "limiet:\n  wachten: veel\n  snel: 3\nbewaar:\n  audit_maanden: 1\nlog:\n  vorm: xml\n"
        "inloggen:\n  uitgever: http://inloggen.example.nl\n  client_secret: abc\n  rollen:\n    team: baas\n"
        "  gemeenten:\n    team: ['377']\n",
    )
    monkeypatch.setenv("INBURGERING_LIMIET_DELEN", "1")
    monkeypatch.setenv("INBURGERING_SERVER_HOOFD", "1")
    monkeypatch.setenv("INBURGERING_INLOGGEN_SESSIESLEUTEL_BESTAND", str(tmp_path / "weg"))
    with pytest.raises(Gebruiksfout) as told:
        instellingen.lees(tmp_path)
    lines = [re.match(r"instellingen\.yaml, regel (\d+): ", one) for one in told.value.meldingen]
    assert [int(one[1]) for one in lines if one] == [2, 3, 5, 7, 9, 10, 12, 14]
    outside = " ".join(one for one, found in zip(told.value.meldingen, lines, strict=True) if not found)
    for name in ("LIMIET_DELEN", "SERVER_HOOFD", "SESSIESLEUTEL_BESTAND"):
        assert f"INBURGERING_{name}" in outside or name in outside
    assert "minstens 6" in " ".join(told.value.meldingen)
    assert "abc" not in " ".join(told.value.meldingen)


def test_a_code_that_yaml_would_read_as_octal_stays_a_code(tmp_path, monkeypatch):
    _file(tmp_path, "inloggen:\n  gemeenten:\n    team-a: 0377\n    team-b: [0397, 0392]\n")
    assert instellingen.lees(tmp_path).inloggen.gemeenten == {"team-a": ("0377",), "team-b": ("0397", "0392")}
    monkeypatch.setenv("INBURGERING_INLOGGEN_GEMEENTEN", "{team: [0377, alle]}")
    monkeypatch.setenv("INBURGERING_INLOGGEN_ROLLEN", '{"team": "beleid"}')
    chosen = instellingen.lees(tmp_path).inloggen
    assert (chosen.gemeenten, chosen.rollen) == ({"team": ("0377", "alle")}, {"team": "beleid"})


def test_logging_in_needs_its_parts_together(tmp_path, monkeypatch):
    _file(tmp_path, "inloggen:\n  uitgever: https://inloggen.example.nl/\n")
    monkeypatch.setenv("INBURGERING_INLOGGEN_SESSIESLEUTEL", "kort")
    with pytest.raises(Gebruiksfout) as told:
        instellingen.lees(tmp_path)
    assert len(told.value.meldingen) == 3  # client_id, adres, and a key that is too short
    monkeypatch.setenv("INBURGERING_INLOGGEN_CLIENT_ID", "monitor")
    monkeypatch.setenv("INBURGERING_INLOGGEN_ADRES", "https://monitor.example.nl/")
    monkeypatch.setenv("INBURGERING_INLOGGEN_SESSIESLEUTEL", SECRET)
    chosen = instellingen.lees(tmp_path).inloggen
    assert chosen.aan and chosen.uitgever == "https://inloggen.example.nl"
    assert not instellingen.Inloggen().aan


def test_a_secret_is_read_from_a_file_and_shown_nowhere(tmp_path, monkeypatch, capsys):
    place = tmp_path / "geheim"
    place.write_text(SECRET + "\n", encoding="utf-8")
    monkeypatch.setenv("INBURGERING_INLOGGEN_CLIENT_SECRET_BESTAND", str(place))
    assert instellingen.lees(tmp_path).inloggen.client_secret.get_secret_value() == SECRET
    for form in (["--formaat", "json"], ["--formaat", "tabel"], ["--schema"], ["--sjabloon"]):
        assert main(["instellingen", "--werkmap", str(tmp_path), *form]) == 0
    shown = capsys.readouterr().out
    assert SECRET not in shown and "ingesteld" in shown
    assert SECRET not in repr(instellingen.lees(tmp_path))


def test_the_template_is_valid_when_every_line_is_switched_on(tmp_path, capsys):
    assert main(["instellingen", "--sjabloon", "--werkmap", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert yaml.safe_load(text) is None
    _file(tmp_path, re.sub(r"^#(?! )|^#(?=  )", "", text, flags=re.MULTILINE))
    assert instellingen.lees(tmp_path) == instellingen.Instellingen()


def test_the_schema_knows_every_setting_that_may_stand_in_the_file(tmp_path, capsys):
    assert main(["instellingen", "--schema", "--werkmap", str(tmp_path)]) == 0
    schema = json.loads(capsys.readouterr().out)
    named = {
        f"{group}.{name}" for group in schema["properties"]
        for name in schema["$defs"][schema["properties"][group]["$ref"].rpartition("/")[2]]["properties"]
    }  # fmt: skip
    every = {f"{group}.{name}" for group, name, *_ in instellingen.regels()}
    assert every - named == {"inloggen.client_secret", "inloggen.sessiesleutel"}
    assert named <= every and not schema["additionalProperties"]
