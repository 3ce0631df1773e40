"""Functions that fill structs from configuration: files, flags and the environment."""

from __future__ import annotations

import re
from typing import Final

_VERSION = r"(?:/v\d+|\.v\d+)?"

DECODES: Final = re.compile(
    rf"^(?:github\.com/(?:mitchellh|go-viper)/mapstructure{_VERSION}\.(?:Weak)?Decode(?:Metadata)?"
    rf"|(?:gopkg\.in/yaml|github\.com/(?:ghodss|goccy)/(?:go-)?yaml|sigs\.k8s\.io/yaml){_VERSION}"
    r"\.(?:Unmarshal(?:Strict)?|Decoder\.Decode)"
    rf"|github\.com/(?:BurntSushi|pelletier/go-)/?toml{_VERSION}\.(?:Decode(?:File|FS)?|Unmarshal|Decoder\.Decode|MetaData\.PrimitiveDecode)"
    rf"|github\.com/spf13/viper\.(?:Viper\.)?Unmarshal(?:Key|Exact)?"
    rf"|github\.com/knadh/koanf{_VERSION}\.Koanf\.Unmarshal(?:WithConf)?"
    rf"|github\.com/hashicorp/hcl{_VERSION}(?:/\w+)?\.Decode(?:Object|File|Body)?"
    rf"|gopkg\.in/ini{_VERSION}\.(?:File\.|Section\.)?(?:Strict)?MapTo"
    rf"|github\.com/(?:kelseyhightower/envconfig\.(?:Must)?Process|caarlos0/env{_VERSION}\.Parse\w*|sethvargo/go-envconfig\.Process)"
    rf"|github\.com/(?:alecthomas/kong\.Parse|jessevdk/go-flags\.(?:Parse|NewParser)))$"
)
"""Functions and methods that fill what one of their arguments points to; which of them does not matter."""

DECODES_TEXT: Final = re.compile(r"^encoding/(?:json|xml)\.(?:Unmarshal|Decoder\.Decode)$")
"""The same for what messages are written in as often as files are."""

SETTINGS: Final = frozenset(("conf", "config", "configuration", "setting"))
"""Words in the names of types that say that a text decoded into them is configuration."""

DECODER_OPTIONS: Final = re.compile(
    rf"^github\.com/(?:mitchellh|go-viper)/mapstructure{_VERSION}\.DecoderConfig$"
)
"""Types whose values say what a decoder is to fill."""

BINDS_FLAG: Final = re.compile(
    r"(?:^flag\.(?:FlagSet\.)?|pflag\.(?:FlagSet\.)?|^\?\.)"
    r"(?:String|Bool|Int|Int32|Int64|Uint|Uint64|Float64|Duration|StringSlice|StringArray|Text)VarP?$"
)
"""Functions and methods that bind a variable to a flag."""
