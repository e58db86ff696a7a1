"""The one sentence on top of the first page: what matters most now, and how much more there is."""

from dashboard import access
from dashboard.pages.context import Context
from dashboard.pages.signalen import strongest
from dashboard.pages.termijnen import LATE, counts
from dashboard.texts import t, tn
from dashboard.wording import number, together
from dashboard.wording.letters import inside
from dashboard.wording.signals import not_judged, sentences


def foremost(context: Context) -> str:
    """The surest and weightiest signal in its own words, then what else asks for something, counted."""
    groups = strongest(context)
    more = len(groups) - 1
    judged = context.desk.verdicts(context.snapshot, context.view) if access.current().mag("contracten") else []
    breaches = sum(one.oordeel == "voldoet niet" for one in judged)
    late = {what: count for (what, stand), count in counts(context).items() if stand in LATE}
    rest = [tn("{n} ander signaal", "{n} andere signalen", more, n=number(more))] if more > 0 else []
    plans = late.get("plan", 0)
    if plans:
        rest.append(tn("{n} plan (PIP) dat te laat is", "{n} plannen (PIP) die te laat zijn", plans, n=number(plans)))
    if breaches:
        rest.append(
            tn("{n} afspraak die niet is gehaald", "{n} afspraken die niet zijn gehaald", breaches, n=number(breaches))
        )
    if groups:
        seen, _ = sentences(groups[0][0], context.names, context.titles)
        sure = groups[0][0].zekerheid == "zeker"
        first = t("Het belangrijkste nu: {signaal}. {zin}", signaal=inside(t(groups[0][0].verklaring.titel)), zin=seen)
        first += "" if sure else " " + t("Dit kan toeval zijn.")
    else:
        first = t("Er is nu geen signaal om bij te stellen.")
        if not_judged(context.desk.signals(context.snapshot, context.view)):
            first = t("Bij deze keuze is er geen signaal om bij te stellen; niet alles is zo te beoordelen.")
    if not rest:
        return first
    more_to_do = t("Verder: {dingen}.", dingen=together(rest))
    return f"{first} {more_to_do}"
