"""Methodologies: how many milligrams of CO2e an action avoids, by which factors, from which sources.

Pure arithmetic on data: no database, no clock. The factors are read once, at start.
"""

from greenlife.methodology.formula import FORMULAS, Step
from greenlife.methodology.load import data_files, load_methodologies, load_superseded, read_methodology
from greenlife.methodology.methodology import Displacement, Example, Input, Methodology
from greenlife.methodology.parameter import Parameter, Rejected, Source
from greenlife.methodology.quantify import Quantification, quantify
from greenlife.methodology.units import ACTIVITY_UNITS

__all__ = [
    "ACTIVITY_UNITS",
    "FORMULAS",
    "Displacement",
    "Example",
    "Input",
    "Methodology",
    "Parameter",
    "Quantification",
    "Rejected",
    "Source",
    "Step",
    "data_files",
    "load_methodologies",
    "load_superseded",
    "quantify",
    "read_methodology",
]
