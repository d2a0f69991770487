"""Methodologies: how many milligrams of CO2e an action avoids, by which factors, from which sources.

Pure arithmetic on data: no database, no clock. The factors are read once, at start.
"""

from greenlife.methodology.formula import FORMULAS
from greenlife.methodology.load import METHODOLOGIES, load_methodologies
from greenlife.methodology.methodology import Displacement, Example, Methodology
from greenlife.methodology.parameter import Parameter, Rejected, Source
from greenlife.methodology.quantify import Quantification, Step, quantify
from greenlife.methodology.units import ACTIVITY_UNITS, FACTOR_UNITS

__all__ = [
    "ACTIVITY_UNITS",
    "FACTOR_UNITS",
    "FORMULAS",
    "METHODOLOGIES",
    "Displacement",
    "Example",
    "Methodology",
    "Parameter",
    "Quantification",
    "Rejected",
    "Source",
    "Step",
    "load_methodologies",
    "quantify",
]
