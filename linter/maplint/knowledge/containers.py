"""Containers that drop entries by themselves, by size, by age or both. Tables only."""

from __future__ import annotations

BOUNDED_CONTAINERS = (
    "github.com/allegro/bigcache",
    "github.com/bluele/gcache",
    "github.com/coocood/freecache",
    "github.com/dgraph-io/ristretto",
    "github.com/elastic/go-freelru",
    "github.com/golang/groupcache/lru",
    "github.com/hashicorp/golang-lru",
    "github.com/jellydator/ttlcache",
    "github.com/karlseguin/ccache",
    "github.com/maypok86/otter",
    "github.com/patrickmn/go-cache",
    "github.com/viccon/sturdyc",
    "k8s.io/utils/lru",
)
"""Import paths, without the suffix of a major version or a package below."""
