"""Charts: plain plotly dictionaries built from answers, and pictures of them.

In:   an answer of `metrics` and names for readers.
Out:  a figure for the screen, or the same as PNG or SVG with its title, n, peildatum and source.
Never here: a figure that is computed, graph_objects, plotly.express.
"""

from dashboard.figures.charts import chart
from dashboard.figures.courses import course_chart
from dashboard.figures.curves import curve_chart
from dashboard.figures.outlooks import budget_chart, forecast_chart
from dashboard.figures.told import told

__all__ = ["budget_chart", "chart", "course_chart", "curve_chart", "forecast_chart", "told"]
