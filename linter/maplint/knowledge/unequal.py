"""What gives values that never equal an earlier one, after the spec and the pages of time and math. Tables only."""

from __future__ import annotations

NEW_EACH_TIME: dict[str, str] = {
    "net/http.Request": "a request, and each has a pointer of its own",
    "net/http.Response": "a response, and each has a pointer of its own",
    "context.Context": "a context, and each request has one of its own",
}
"""By type, behind a pointer for a struct: what a key of it is, in words. Pooled request types are not among them."""

KEEPS_CLOCK = frozenset(("time.Time.Add",))
"""Methods whose result has the monotonic clock reading of their receiver; all others leave it out."""

CLOCK_CHANNELS = frozenset(("time.Timer.C", "time.Ticker.C"))

MAY_BE_NAN: dict[str, str] = {
    "strconv.ParseFloat": "text read as a number, which may say NaN",
    "math.Float64frombits": "bits read as a number, which may be NaN",
    "math.Float32frombits": "bits read as a number, which may be NaN",
    **{
        f"math.{name}": f"a result of math.{name}, which may be NaN"
        for name in (
            "Log",
            "Log2",
            "Log10",
            "Log1p",
            "Sqrt",
            "Mod",
            "Pow",
            "Acos",
            "Asin",
            "Remainder",
            "NaN",
        )
    },
}
"""Functions that can give a number that does not equal itself: what it is, in words."""

ASKS_FOR_NAN = frozenset(("math.IsNaN", "math.Round", "math.Floor"))
"""Functions by which code that uses them deals with numbers that are none, or that it rounds."""
