"""What becomes of the tree of offices when administrators change it. Pure."""

from registry.administered import Hindrance, NotGranted, Offices, refuse
from registry.deeds.people import ChangeOffice
from registry.offices import Office

LONGEST_NAME = 200


def changed(deed: ChangeOffice, before: Offices) -> Offices:
    """Raises NotGranted."""
    office = next((one for one in before.offices if one.code == deed.code), None)
    if office is None:
        raise NotGranted(Hindrance.UNKNOWN_OFFICE)
    said = deed.model_dump(exclude={"deed", "code"}, exclude_none=True)
    if deed.parent == "":
        said["parent"] = None
    return loaded((office.model_copy(update=said),), before)


def loaded(offices: tuple[Office, ...], before: Offices, *, without: tuple[str, ...] = ()) -> Offices:
    """The tree with these in it: known ones in their place, new ones behind. Raises NotGranted."""
    given = {office.code: office for office in offices}
    known = {office.code for office in before.offices}
    merged = (
        *(given.get(office.code, office) for office in before.offices if office.code not in without),
        *(office for code, office in given.items() if code not in known),
    )
    codes = {office.code for office in merged}
    names = [text for office in offices for text in (office.code, office.name_de, office.name_en, *office.aliases)]
    refuse(Hindrance.BAD_NAME, when=any(not office.name_de.strip() for office in offices))
    refuse(Hindrance.BAD_NAME, when=any(len(name) > LONGEST_NAME for name in names))
    refuse(Hindrance.UNKNOWN_OFFICE, when=any(one.parent is not None and one.parent not in codes for one in merged))
    refuse(Hindrance.NO_PLACE, when=_has_ring(merged))
    return Offices(offices=merged)


def _has_ring(offices: tuple[Office, ...]) -> bool:
    parents = {office.code: office.parent for office in offices}
    for office in offices:
        above, steps = office.parent, 0
        while above is not None and steps < len(offices):
            above, steps = parents.get(above), steps + 1
        if above is not None:
            return True
    return False
