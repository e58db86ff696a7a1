"""The filters and the address keep each other right, in the browser: one question to the server per change."""

import dash
from dash import ALL, ClientsideFunction, Input, Output, State

_SPACE = "inburgering"


def add_filters(app: dash.Dash) -> None:
    """Tie the filter bar, the search for a figure and the links behind marks to the address."""
    filters, others = {"type": "filter", "naam": ALL}, {"type": "keuze", "naam": ALL}
    period = {"type": "periode", "naam": ALL}
    app.clientside_callback(
        ClientsideFunction(_SPACE, "naar_adres"),
        Output("adres", "search"),
        Input(filters, "value"),
        Input(period, "value"),
        Input(others, "value"),
        Input("wis", "n_clicks"),
        State(filters, "id"),
        State(others, "id"),
        State(period, "data"),
        State("adres", "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "van_adres"),
        Output(filters, "value"),
        Output(period, "value"),
        Output(others, "value"),
        Input("adres", "search"),
        State(filters, "id"),
        State(others, "id"),
        State(period, "data"),
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "zet_uit"),
        Output(filters, "disabled"),
        Output(period, "disabled"),
        Output(others, "disabled"),
        Input("kent", "data"),
        State(filters, "id"),
        State(period, "id"),
        State(others, "id"),
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "zeg_gekozen"),
        Output("filters-knop-tekst", "children"),
        Input("gekozen", "data"),
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "open_filters"),
        Output("filters-vak", "className"),
        Output("filters-knop", "aria-expanded"),
        Input("filters-knop", "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "zoek_cijfer"),
        Output("adres", "pathname", allow_duplicate=True),
        Output("adres", "search", allow_duplicate=True),
        Output("zoek-cijfer", "value"),
        Input("zoek-cijfer", "value"),
        State("adres", "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "volg_punt"),
        Output("adres", "pathname", allow_duplicate=True),
        Output("adres", "search", allow_duplicate=True),
        Input({"type": "grafiek", "naam": ALL}, "clickData"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "kopieer"),
        Output("kopieer-melding", "children"),
        Input("kopieer", "n_clicks"),
        State("kopieer-tekst", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_SPACE, "zoek_definitie"),
        Output("zoek-melding", "children"),
        Input("zoek-definitie", "value"),
        prevent_initial_call=True,
    )
