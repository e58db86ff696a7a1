"""Codes that people read as they are: verdicts, places in a funnel, causes of a change, groups.

They come from below, where nothing is translated. Whoever shows one says `t(code)`; this list puts them in the table
of texts, beside the values of the layout, which its test reads from the layout itself.
"""

from dashboard.texts import mark

CODES = (
    mark("alle leerroutes"),
    mark("nog bezig"),
    # what is found in deliveries
    mark("rapportage te laat"),
    mark("meer antwoorden dan uitnodigingen"),
    mark("intake na leerbaarheidstoets"),
    # groups that are set beside the Netherlands, or counted ahead
    mark("asielmigranten"),
    mark("gezins- en overige migranten"),
    mark("allen"),
    # verdicts and how sure they are
    mark("voldoet"),
    mark("voldoet niet"),
    mark("te weinig gegevens"),
    mark("rapportage ontbreekt"),
    mark("niet van toepassing"),
    mark("geen norm ingesteld"),
    mark("zeker"),
    mark("onzeker"),
    mark("geen interval"),
    mark("te vroeg"),
    # why a verdict changed
    mark("deze afspraak staat niet meer in de afspraken"),
    mark("de norm in de afspraken is sindsdien veranderd"),
    mark("de rapportage kwam later binnen"),
    mark("de rapportage is er niet meer"),
    mark("latere leveringen veranderden het cijfer"),
    mark("het oordeel over een eerder kwartaal is veranderd"),
    mark("mensen die erbij kwamen"),
    mark("mensen die wegvielen"),
    mark("mensen met een andere uitkomst"),
    # places in a funnel, and what a fair comparison says
    mark("binnen"),
    mark("buiten 95 %"),
    mark("buiten 99,8 %"),
    mark("niet te vergelijken"),
    mark("kan toeval zijn"),
    mark("hoger"),
    mark("lager"),
)
