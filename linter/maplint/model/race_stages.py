"""The stages that find races, put together from what is known of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maplint.model.accesses import Accesses
from maplint.model.copied_locks import copied_locks
from maplint.model.dynamic_types import DynamicTypes
from maplint.model.escapes import Escapes
from maplint.model.expected_locks import ExpectedLocks
from maplint.model.gates import Gates
from maplint.model.on_demand import OnDemand
from maplint.model.order import Order
from maplint.model.origins import Origins
from maplint.model.overlap import Overlaps
from maplint.model.races import RaceJudge
from maplint.model.ways import Ways

if TYPE_CHECKING:
    from maplint.model.program import Program


def race_judge(program: Program) -> RaceJudge:
    """What says which accesses of a program's maps race."""
    accesses = Accesses(
        program.contexts, program.definitions, program.locks, program.ownership, program.graph
    )
    escapes = Escapes(
        program.universe,
        program.definitions,
        program.locks,
        program.ownership,
        program.sites,
        program.functions,
    )
    types = DynamicTypes(
        program.universe, program.definitions, program.flows, program.stored, program.functions
    )
    origins = Origins(
        program.contexts,
        program.ownership,
        program.definitions,
        program.flows,
        program.graph,
        program.locks,
        program.handed,
        types,
    )
    fields = program.stored.fields
    ways = Ways(
        program.contexts,
        program.ownership,
        program.definitions,
        program.flows,
        program.graph,
        program.handed,
        fields,
        types,
    )
    order = Order(ways, Gates(program.families, program.functions), program.definitions, program.ownership)
    overlaps = Overlaps(origins, program.definitions, program.lifetimes, order, program.flows)
    copied = copied_locks(program.universe, program.definitions, program.functions)
    on_demand = OnDemand(
        program.universe,
        program.contexts,
        program.lifetimes,
        program.graph,
        program.ownership,
        program.products,
    )
    expected = ExpectedLocks(accesses, program.locks, copied, program.contracts, program.lifetimes)
    return RaceJudge(
        program.contexts,
        program.locks,
        accesses,
        escapes,
        overlaps,
        on_demand,
        expected,
        program.lifetimes,
        order,
        program.stored,
    )
