"""The page Instroom in Vizro, the way its own examples are written: `python met_vizro.py FILE PORT`."""

import sys
from functools import partial

import vizro.models as vm
import vizro.plotly.express as px
import vragen
from vizro import Vizro
from vizro.managers import data_manager
from waitress import serve

path, port = sys.argv[1], int(sys.argv[2])
connection = vragen.connect(path)


def _load(name: str, gemeente: str = "alle"):
    return vragen.ask(connection, name, gemeente)


for name in vragen.SQL:
    data_manager[name] = partial(_load, name)
charts = [
    vm.Graph(id="kwartaal", figure=px.line("per kwartaal", x="kwartaal", y="aantal")),
    vm.Graph(id="gemeente", figure=px.bar("per gemeente", x="aantal", y="gemeentecode", orientation="h")),
    vm.Graph(id="taak", figure=px.bar("taakstelling", x="halfjaar", y="aantal")),
    vm.Graph(id="routes", figure=px.bar("routes", x="aantal", y="leerroute", orientation="h")),
    vm.Graph(id="aanbod", figure=px.bar("aanbod", x="aantal", y="onderdeel", color="doelgroep", orientation="h")),
]
targets = [f"{chart.id}.gemeente" for chart in charts]
choose = vm.Parameter(
    targets=targets, selector=vm.Dropdown(options=["alle", *vragen.PLACES], value="alle", multi=False)
)
page = vm.Page(title="Instroom", components=charts, controls=[choose])
app = Vizro().build(vm.Dashboard(pages=[page]))
serve(app.dash.server, host="127.0.0.1", port=port, threads=8)
