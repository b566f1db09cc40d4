"""Finding the row a deed is about. Unknown and forbidden answer alike."""

from framework.errors import Unknown
from framework.kpis.kpi import Kpi
from framework.picture.shape import Picture


def the_kpi(picture: Picture, ref: str) -> Kpi:
    """The KPI of this ref in the picture; raises Unknown."""
    found = picture.kpis.get(ref)
    if found is None:
        raise Unknown("There is no such KPI here. Go back to the list of KPIs and choose one.")
    return found
