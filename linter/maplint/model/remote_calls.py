"""Methods that a gRPC server answers calls with: it runs each in a goroutine of its own."""

from __future__ import annotations

import re

from maplint.facts import types as t
from maplint.model import ir

_CONTEXTS = (t.Named("context", "Context"), t.Named("golang.org/x/net/context", "Context"))
_ASKED = re.compile(r"(?:Request|Req|Query|Params|Input|Empty)$")
_ANSWERED = re.compile(r"(?:Response|Reply|Resp|Result|Output|Empty)$")
_STREAMS = re.compile(r"^\w+_\w+Server$")
"""What protoc-gen-go-grpc calls the server's side of a stream: `Chat_TalkServer`."""


def answers_remote_calls(function: ir.Function) -> bool:
    """Whether a method is called as `Talk(context.Context, *TalkRequest) (*TalkResponse, error)`, or with a stream.

    The stubs by which a client calls it take options as well.
    """
    if function.receiver is None or not function.name[:1].isupper():
        return False
    params = [param.type for param in function.params]
    results = [result.type for result in function.results]
    if not results or results[-1] != t.ERROR:
        return False
    if len(results) == 1:
        return bool(params) and _is_named(params[-1], _STREAMS) and len(params) <= 2
    return (
        len(params) == len(results) == 2
        and params[0] in _CONTEXTS
        and isinstance(params[1], t.Pointer)
        and isinstance(results[0], t.Pointer)
        and _is_named(params[1].elem, _ASKED)
        and _is_named(results[0].elem, _ANSWERED)
    )


def _is_named(kind: t.Type, names: re.Pattern[str]) -> bool:
    return isinstance(kind, t.Named) and bool(names.search(kind.name))
