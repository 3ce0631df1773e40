"""The built-in rules; reading this tuple is reading the product."""

from maplint.rule import Rule
from maplint_rules import (
    ml001_unused_suppression,
    ml101_unbounded_package_map,
    ml102_unbounded_field_map,
    ml103_nil_instead_of_delete,
    ml104_never_equal_key,
    ml105_missed_removal,
    ml106_pooled_map_not_cleared,
    ml107_resource_left_in_entry,
    ml108_map_never_shrinks,
    ml109_unchecked_size_hint,
    ml110_age_only_eviction,
    ml111_delete_from_other_map,
    ml201_unbounded_sync_map,
    ml301_closure_keeps_map,
    ml302_closure_grows_map,
    ml401_concurrent_map_access,
    ml402_inconsistent_lock,
    ml403_write_under_read_lock,
    ml404_unlocked_map_read,
    ml405_guarded_map_escapes,
    ml406_lock_does_not_guard,
)

RULES: tuple[Rule, ...] = (
    ml001_unused_suppression.RULE,
    ml101_unbounded_package_map.RULE,
    ml102_unbounded_field_map.RULE,
    ml103_nil_instead_of_delete.RULE,
    ml104_never_equal_key.RULE,
    ml105_missed_removal.RULE,
    ml106_pooled_map_not_cleared.RULE,
    ml107_resource_left_in_entry.RULE,
    ml108_map_never_shrinks.RULE,
    ml109_unchecked_size_hint.RULE,
    ml110_age_only_eviction.RULE,
    ml111_delete_from_other_map.RULE,
    ml201_unbounded_sync_map.RULE,
    ml301_closure_keeps_map.RULE,
    ml302_closure_grows_map.RULE,
    ml401_concurrent_map_access.RULE,
    ml402_inconsistent_lock.RULE,
    ml403_write_under_read_lock.RULE,
    ml404_unlocked_map_read.RULE,
    ml405_guarded_map_escapes.RULE,
    ml406_lock_does_not_guard.RULE,
)
"""The catalogue, by id."""

__all__ = ["RULES"]
