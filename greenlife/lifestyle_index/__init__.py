"""The lifestyle index (绿色文明生活指数): a framework as data, values from daily aggregates, a score with its parts.

Built along the ten steps of the OECD/JRC "Handbook on Constructing Composite Indicators" (2008); each function names
the step that it is.
"""

from greenlife.lifestyle_index.compute import DistrictIndex, compute_index
from greenlife.lifestyle_index.framework import Dimension, Framework, Indicator
from greenlife.lifestyle_index.load import load_framework
from greenlife.lifestyle_index.score import DimensionScore, IndicatorScore, Score, score_framework
from greenlife.lifestyle_index.values import indicator_values

__all__ = [
    "Dimension",
    "DimensionScore",
    "DistrictIndex",
    "Framework",
    "Indicator",
    "IndicatorScore",
    "Score",
    "compute_index",
    "indicator_values",
    "load_framework",
    "score_framework",
]
