"""The browser of the journeys: which one, how it is had, how it is started."""
