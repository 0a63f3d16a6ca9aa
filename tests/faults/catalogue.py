"""All faults, in the order of safety.md section 5."""

from tests.faults import (
    attaching,
    damage,
    failing,
    importing,
    killing,
    migrating,
    power,
    restoring,
    returning,
    sharing,
    writing,
)
from tests.faults.result import Fault

FAULTS: tuple[Fault, ...] = tuple(
    sorted(
        (
            fault
            for module in (
                killing,
                power,
                failing,
                damage,
                migrating,
                sharing,
                restoring,
                returning,
                importing,
                attaching,
                writing,
            )
            for fault in module.FAULTS
        ),
        key=lambda fault: fault.id,
    )
)
