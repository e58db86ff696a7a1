"""Charts on screen: plain plotly dictionaries, built from answers."""

from dashboard.figures.charts import chart

__all__ = ["chart"]
