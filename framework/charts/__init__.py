"""Charts from plain frames, drawn with Altair, and small pictures as SVG. Knows no KPI rule, reads no store.

The same frame makes chart and words. Channels are written as objects: shorthand strings cost a hundred times as much
to build.
"""

from framework.charts.funnel import FunnelPlot, funnel_plot
from framework.charts.icons import icon
from framework.charts.kpi import path_and_values
from framework.charts.limits import LimitsPlot, limits_plot
from framework.charts.palette import DARK, LIGHT, Palette
from framework.charts.plot import MISSING, REPORTED, Plot
from framework.charts.small import as_address, small
from framework.charts.timeline import TimelinePlot, timeline_plot, timeline_words
from framework.charts.words import alt_sentence

__all__ = [
    "DARK",
    "LIGHT",
    "MISSING",
    "REPORTED",
    "FunnelPlot",
    "LimitsPlot",
    "Palette",
    "Plot",
    "TimelinePlot",
    "alt_sentence",
    "as_address",
    "funnel_plot",
    "icon",
    "limits_plot",
    "path_and_values",
    "small",
    "timeline_plot",
    "timeline_words",
]
