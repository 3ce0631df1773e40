"""Evidence in the keys of a map and in its entries: whether they are of the kind that keeps arriving."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts import types as t
from maplint.knowledge import owners
from maplint.knowledge.locks import LOCKS
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.domains import Domain, Source
from maplint.model.evidence import Sign
from maplint.model.expiry import expiry_field, passed_over
from maplint.model.flows import node_of
from maplint.model.key_names import KeyNames, Speaks, of_name
from maplint.model.keys import Keys
from maplint.model.metric_entries import are_metrics
from maplint.model.naming import short, words
from maplint.model.sites import Site, Use
from maplint.model.universe import Universe
from maplint.model.walk import variables_in

_NEAR = 3
"""How many calls may lie between the place where a key arrives and its insert."""


class KeySigns:
    """Reads keys and entries for evidence."""

    def __init__(self, universe: Universe, definitions: Definitions, keys: Keys, names: KeyNames) -> None:
        self._universe = universe
        self._definitions = definitions
        self._keys = keys
        self._names = names

    def of(self, site: Site, uses: tuple[Use, ...], source: Source, tended: bool) -> Iterator[Sign]:
        """The evidence in the keys that `uses` insert, and in the type of the entries.

        `tended` says that keys of their kind are taken out elsewhere: so the configuration, if it names them, changes.
        """
        keys = [
            use.instruction.key
            for use in uses
            if isinstance(use.instruction, ir.MapOp) and use.instruction.key is not None
        ]
        if uses and not tended and all(self._is_of_configured(use) for use in uses):
            named = [
                Sign("key-configured", "its entries are made of what the configuration has under the key")
            ]
        else:
            named = list(self._of_names(keys, source, tended))
        yield from named
        keeps_arriving = any(sign.name in ("key-open", "key-open-from-afar") for sign in named)
        if keys and not keeps_arriving and all(self._is_number(key) for key in keys):
            yield Sign("key-is-number", "its keys are plain numbers")
        keeps_objects = bool(keys) and all(self._is_object(key.type) for key in keys)
        if keeps_objects:
            yield Sign("key-is-object", "its keys are objects, and it keeps them alive")
        yield from self._of_entries(site, uses, source, keeps_objects)

    def _of_names(self, keys: list[ir.Value], source: Source, tended: bool) -> Iterator[Sign]:
        if source.domain is Domain.CONFIGURED and not tended:
            yield Sign("key-configured", "its keys are read from the configuration, which names them all")
            return
        spoken = [self._names.of(key) for key in keys]
        comers = next((name for speaks, name in spoken if speaks is Speaks.COMERS), None)
        arrives = source.domain is Domain.OPEN
        if arrives:
            near = "key-open" if source.is_told else "key-of-many"
            yield Sign(
                near if source.hops <= _NEAR else "key-open-from-afar",
                f"the key comes from {source.what}, so new ones keep arriving",
            )
        if comers is not None:
            yield Sign("key-names-comers", f"the key {comers!r} speaks of things that come and go")
        elif arrives and source.hops <= _NEAR:
            return
        elif any(speaks is Speaks.INSTALLED for speaks, _ in spoken):
            name = next(name for speaks, name in spoken if speaks is Speaks.INSTALLED)
            yield Sign("key-names-installed", f"the key {name!r} speaks of a part of the installation")
        elif spoken and all(speaks is Speaks.PROGRAM for speaks, _ in spoken):
            yield Sign(
                "key-names-program-text",
                f"the key {spoken[0][1]!r} speaks of what program text or configuration names",
            )
        elif not arrives:
            yield Sign("key-unknown", "where the keys come from is not known")

    def _is_of_configured(self, use: Use) -> bool:
        """Whether an entry is made of what the configuration has under its key, or under a part of it."""
        stored = use.instruction
        if not isinstance(stored, ir.MapOp) or stored.key is None or stored.value is None:
            return False
        named = variables_in([stored.key])
        return any(
            isinstance(part, ir.ElemOf)
            and part.index is not None
            and not named.isdisjoint(variables_in([part.index]))
            and self._keys.is_configured(part.base)
            and node_of(part.base) != use.variable
            for part in self._definitions.behind(stored.value)
        )

    def _is_written_down(self, site: Site) -> bool:
        package, _, name = site.owner.rpartition(".")
        struct = self._universe.underlying(t.Named(package, name)) if name else None
        fields = struct.fields if isinstance(struct, t.Struct) else ()
        return any(item.name == site.name and item.tagged for item in fields)

    def _is_number(self, key: ir.Value) -> bool:
        under = self._universe.underlying(key.type)
        return isinstance(under, t.Basic) and "int" in under.name

    def _is_object(self, kind: t.Type) -> bool:
        """Whether a key is told apart by what it points to: a pointer, or an interface of the product's own."""
        under = self._universe.underlying(kind)
        return isinstance(under, t.Pointer) or (isinstance(under, t.Interface) and bool(under.methods))

    def _are_handed_in(self, uses: tuple[Use, ...]) -> bool:
        """Whether the inserting functions are given the entries; a number or text is noted rather than registered."""
        values = [use.instruction.value if isinstance(use.instruction, ir.MapOp) else None for use in uses]
        return all(
            isinstance(value, ir.Ref)
            and value.var.kind == "parameter"
            and not isinstance(self._universe.underlying(value.type), t.Basic)
            for value in values
        )

    def _of_entries(
        self, site: Site, uses: tuple[Use, ...], source: Source, keeps_objects: bool
    ) -> Iterator[Sign]:
        if self._is_written_down(site):
            yield Sign(
                "field-is-written-down", "its field has a tag: it is part of a record that is written down"
            )
        stored = _stored(uses)
        value = t.pointed(
            site.map.value if site.map is not None else next((one.type for one in stored), None)
        )
        if are_metrics(self._universe, self._definitions, stored):
            yield Sign("entries-are-metrics", "its entries are metrics, of which a registry keeps as many")
        under = self._universe.underlying(value)
        holds_back = isinstance(value, t.Named) and _holds_back(value)
        if isinstance(under, t.Interface) and under.methods and value != t.ERROR and not holds_back:
            yield Sign(
                "entries-are-services", "its entries implement an interface, as the parts of a program do"
            )
        if isinstance(value, t.Func):
            yield Sign("functions-as-values", "its values are functions, which program text registers")
        if source.domain is not Domain.OPEN and self._are_handed_in(uses):
            yield Sign("entries-are-handed-in", "its callers bring the entries, as they do to register them")
        if _is_mark(value) and not source.is_told and not keeps_objects:
            yield Sign("entries-are-marks", "it is a set, which often has to remember what it has met")
        if isinstance(value, t.Named):
            if holds_back:
                yield Sign("lock-per-key", f"it keeps a {value.name} for every key it has seen")
            elif of_name(value.name) is Speaks.PROGRAM:
                yield Sign(
                    "entries-named-program-text", f"its entries are {value.name}s, which program text has"
                )
        yield from self._of_age(site, value)

    def _of_age(self, site: Site, value: t.Type) -> Iterator[Sign]:
        """What entries of a type say of their being too old."""
        reader = passed_over(self._universe, site, value)
        expiry = expiry_field(self._universe, value)
        if reader is not None:
            says = f"{short(reader.function.symbol)} passes over an entry that is too old and leaves it there"
            yield Sign("expired-on-read", says, reader, reader.function.symbol)
        elif expiry is not None:
            yield Sign(
                "entry-has-expiry", f"its entries carry {expiry}, yet nothing removes the expired ones"
            )


def _is_mark(value: t.Type) -> bool:
    """Whether a map to such values is a set."""
    return value == t.BOOL or (isinstance(value, t.Struct) and not value.fields)


def _stored(uses: tuple[Use, ...]) -> list[ir.Value]:
    """What the map is given as entries."""
    values = (use.instruction.value for use in uses if isinstance(use.instruction, ir.MapOp))
    return [value for value in values if value is not None]


def _holds_back(kind: t.Named) -> bool:
    """Whether a value of the type is made to hold its users back: a lock or a limiter."""
    if kind.symbol in LOCKS or kind.symbol in owners.LIMITER_TYPES:
        return True
    return words(kind.name)[-1:] in (("limiter",), ("mutex",), ("semaphore",), ("lock",))
