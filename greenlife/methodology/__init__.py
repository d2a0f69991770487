"""Methodologies: how many milligrams of CO2e an action avoids, by which factors, from which sources.

Pure arithmetic on data: no database, no clock. The factors are read once, at start.
"""

from greenlife.methodology.formula import FORMULAS, Step
from greenlife.methodology.load import data_files, load_methodologies, load_superseded, read_bounds, read_methodology
from greenlife.methodology.methodology import Displacement, Example, Input, Methodology
from greenlife.methodology.parameter import Parameter, Rejected, Source
from greenlife.methodology.quantify import NO_INPUTS, Quantification, quantify
from greenlife.methodology.units import ACTIVITY_UNITS

__all__ = [
    "ACTIVITY_UNITS",
    "FORMULAS",
    "NO_INPUTS",
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
    "read_bounds",
    "read_methodology",
]
