"""Charts: plain plotly dictionaries built from answers, and pictures of them.

In:   an answer of `metrics` and names for readers.
Out:  a figure for the screen, or the same as PNG or SVG with its title, n, peildatum and source.
Never here: a figure that is computed, graph_objects, plotly.express.
"""

from urllib.parse import quote

from dashboard.figures.charts import chart
from dashboard.figures.courses import course_chart
from dashboard.figures.curves import curve_chart
from dashboard.figures.outlooks import budget_chart, forecast_chart

__all__ = ["budget_chart", "chart", "course_chart", "curve_chart", "forecast_chart", "href"]


def href(id: str, kind: str, search: str = "", per: tuple[str, ...] | list[str] = ()) -> str:
    """The address of a figure as a picture ("png" or "svg"); `search` is the view as it stands in the address."""
    extra = f"{'&' if search else '?'}per={','.join(quote(one) for one in per)}" if per else ""
    return f"/download/{id}.{kind}{search}{extra}"
