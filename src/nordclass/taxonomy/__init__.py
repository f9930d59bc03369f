"""What can be said of a document: countries, regions, sectors, and the crosswalks between schemes."""

from nordclass.taxonomy.places import Country, Region, countries, regions
from nordclass.taxonomy.sectors import Sector, sectors

__all__ = ["Country", "Region", "Sector", "countries", "regions", "sectors"]
