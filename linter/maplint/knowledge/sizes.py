"""Where numbers come from that somebody outside the program chooses. Tables only."""

from __future__ import annotations

import re

DECODED_NUMBERS = re.compile(
    r"^encoding/binary\.(?:Uvarint|Varint|ReadUvarint|ReadVarint"
    r"|(?:bigEndian|littleEndian|nativeEndian|ByteOrder)\.Uint(?:32|64))$"
)
"""Functions that read a number of 32 bits or more out of bytes."""

PARSED_NUMBERS = frozenset(("strconv.Atoi", "strconv.ParseInt", "strconv.ParseUint"))
"""Functions whose number comes from the text that they are given."""

FILLED_BY_POINTER = frozenset(
    (
        "encoding/binary.Read",
        "fmt.Sscan",
        "fmt.Sscanf",
        "fmt.Sscanln",
        "fmt.Fscan",
        "fmt.Fscanf",
        "fmt.Fscanln",
    )
)
"""Functions that write what they read through the pointers that they are given."""

FILLS_STRUCTS = re.compile(
    r"^encoding/(?:json|xml|gob|json/v2)\.(?:Unmarshal|UnmarshalRead|Decoder\.Decode)$"
    r"|\.(?:ShouldBindJSON|BindJSON|ShouldBind|Bind|BodyParser)$"
)
"""Functions that fill the fields of a struct from a message."""

SMALL = frozenset(("uint8", "int8", "uint16", "int16", "byte"))
"""Types that have few values: a hint of 65,535 entries is harmless."""

BOUNDING = frozenset(("min", "&", "%", ">>"))
"""Operators and builtins whose result has a bound of its own."""
