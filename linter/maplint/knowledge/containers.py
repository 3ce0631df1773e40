"""Containers of well-known packages that bound or expire their entries: what a fix can name. Tables only."""

from __future__ import annotations

from typing import Final, NamedTuple


class Container(NamedTuple):
    """One type that can stand in for a map that grows."""

    type: str
    """Import path and name, without type parameters."""
    constructor: str
    """The function that makes one, import path and name."""
    bound: str
    """What is limited: `entries`, `bytes`, or `cost` (weights given by the user); empty for nothing."""
    bound_is_optional: bool = False
    """Whether the limit holds only where it is asked for."""
    expires: bool = False
    """Whether entries can leave by age."""
    is_concurrent: bool = True
    """Whether goroutines may share one without a lock of their own."""


_LRU: Final = "github.com/hashicorp/golang-lru"
_FREELRU: Final = "github.com/elastic/go-freelru"

CONTAINERS: Final = (
    Container(f"{_LRU}.ARCCache", f"{_LRU}.NewARC", "entries"),
    Container(f"{_LRU}.Cache", f"{_LRU}.New", "entries"),
    Container(f"{_LRU}.TwoQueueCache", f"{_LRU}.New2Q", "entries"),
    Container(f"{_LRU}/arc/v2.ARCCache", f"{_LRU}/arc/v2.NewARC", "entries"),
    Container(f"{_LRU}/simplelru.LRU", f"{_LRU}/simplelru.NewLRU", "entries", is_concurrent=False),
    Container(f"{_LRU}/v2.Cache", f"{_LRU}/v2.New", "entries"),
    Container(f"{_LRU}/v2.TwoQueueCache", f"{_LRU}/v2.New2Q", "entries"),
    Container(
        f"{_LRU}/v2/expirable.LRU",
        f"{_LRU}/v2/expirable.NewLRU",
        "entries",
        bound_is_optional=True,
        expires=True,
    ),
    Container(f"{_LRU}/v2/simplelru.LRU", f"{_LRU}/v2/simplelru.NewLRU", "entries", is_concurrent=False),
    Container(
        "github.com/allegro/bigcache.BigCache",
        "github.com/allegro/bigcache.NewBigCache",
        "bytes",
        bound_is_optional=True,
        expires=True,
    ),
    Container(
        "github.com/allegro/bigcache/v3.BigCache",
        "github.com/allegro/bigcache/v3.New",
        "bytes",
        bound_is_optional=True,
        expires=True,
    ),
    Container("github.com/bluele/gcache.Cache", "github.com/bluele/gcache.New", "entries", expires=True),
    Container(
        "github.com/coocood/freecache.Cache", "github.com/coocood/freecache.NewCache", "bytes", expires=True
    ),
    Container(
        "github.com/dgraph-io/ristretto.Cache",
        "github.com/dgraph-io/ristretto.NewCache",
        "cost",
        expires=True,
    ),
    Container(
        "github.com/dgraph-io/ristretto/v2.Cache",
        "github.com/dgraph-io/ristretto/v2.NewCache",
        "cost",
        expires=True,
    ),
    Container(f"{_FREELRU}.LRU", f"{_FREELRU}.New", "entries", expires=True, is_concurrent=False),
    Container(f"{_FREELRU}.ShardedLRU", f"{_FREELRU}.NewSharded", "entries", expires=True),
    Container(f"{_FREELRU}.SyncedLRU", f"{_FREELRU}.NewSynced", "entries", expires=True),
    Container(
        "github.com/golang/groupcache/lru.Cache",
        "github.com/golang/groupcache/lru.New",
        "entries",
        bound_is_optional=True,
        is_concurrent=False,
    ),
    Container(
        "github.com/jellydator/ttlcache/v2.Cache",
        "github.com/jellydator/ttlcache/v2.NewCache",
        "entries",
        bound_is_optional=True,
        expires=True,
    ),
    Container(
        "github.com/jellydator/ttlcache/v3.Cache",
        "github.com/jellydator/ttlcache/v3.New",
        "entries",
        bound_is_optional=True,
        expires=True,
    ),
    Container(
        "github.com/karlseguin/ccache/v2.Cache", "github.com/karlseguin/ccache/v2.New", "cost", expires=True
    ),
    Container(
        "github.com/karlseguin/ccache/v3.Cache", "github.com/karlseguin/ccache/v3.New", "cost", expires=True
    ),
    Container(
        "github.com/maypok86/otter.Cache", "github.com/maypok86/otter.MustBuilder", "cost", expires=True
    ),
    Container(
        "github.com/maypok86/otter/v2.Cache",
        "github.com/maypok86/otter/v2.New",
        "entries",
        bound_is_optional=True,
        expires=True,
    ),
    Container("github.com/patrickmn/go-cache.Cache", "github.com/patrickmn/go-cache.New", "", expires=True),
    Container("github.com/viccon/sturdyc.Client", "github.com/viccon/sturdyc.New", "entries", expires=True),
)
