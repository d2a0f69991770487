"""The city: its districts and towns, as a folder of data."""

from greenlife.city.city import City, District, Town
from greenlife.city.load import CITIES, load_city

__all__ = ["CITIES", "City", "District", "Town", "load_city"]
