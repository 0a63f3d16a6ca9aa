"""All faults, in the order of safety.md section 5."""

from tests.faults import (
    attaching,
    damage,
    failing,
    gates,
    importing,
    killing,
    large,
    links,
    lists,
    migrating,
    power,
    protected,
    restoring,
    returning,
    roundtrip,
    sharing,
    writing,
)
from tests.faults.result import Fault

MODULES = (
    attaching,
    damage,
    failing,
    gates,
    importing,
    killing,
    large,
    links,
    lists,
    migrating,
    power,
    protected,
    restoring,
    returning,
    roundtrip,
    sharing,
    writing,
)
FAULTS: tuple[Fault, ...] = tuple(
    sorted((fault for module in MODULES for fault in module.FAULTS), key=lambda fault: fault.id)
)
