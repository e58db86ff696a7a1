"""The one sentence on top of the first page: what matters most now, and how much more there is."""

from dashboard import access
from dashboard.pages.context import Context
from dashboard.pages.signalen import strongest
from dashboard.pages.termijnen import LATE, counts
from dashboard.wording import amount
from dashboard.wording.signals import not_judged, sentences


def foremost(context: Context) -> str:
    """The surest and weightiest signal in its own words, then what else asks for something, counted."""
    groups = strongest(context)
    more = len(groups) - 1
    judged = context.desk.verdicts(context.snapshot, context.view) if access.current().mag("contracten") else []
    breaches = sum(one.oordeel == "voldoet niet" for one in judged)
    late = {what: number for (what, stand), number in counts(context).items() if stand in LATE}
    rest = [amount(more, "ander signaal", "andere signalen")] if more > 0 else []
    plans = late.get("plan", 0)
    rest += [amount(plans, "plan (PIP) dat te laat is", "plannen (PIP) die te laat zijn")] if plans else []
    rest += [amount(breaches, "afspraak die niet is gehaald", "afspraken die niet zijn gehaald")] if breaches else []
    if groups:
        seen, _ = sentences(groups[0][0], context.names, context.titles)
        sure = groups[0][0].zekerheid == "zeker"
        first = f"Het belangrijkste nu: {_inside(groups[0][0].verklaring.titel)}. {seen}"
        first += "" if sure else " Dit kan toeval zijn."
    else:
        first = "Er is nu geen signaal om bij te stellen."
        if not_judged(context.desk.signals(context.snapshot, context.view)):
            first = "Bij deze keuze is er geen signaal om bij te stellen; niet alles is zo te beoordelen."
    if not rest:
        return first
    listed = rest[0] if len(rest) == 1 else f"{', '.join(rest[:-1])} en {rest[-1]}"
    return f"{first} Verder: {listed}."


def _inside(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() and not text.startswith(("B1", "Z-")) else text
