"""What has to be ended by whoever drops it: a timer stopped, a context cancelled, a connection closed. Tables only."""

from __future__ import annotations

import re

ENDED_BY: dict[str, str] = {
    "time.Timer": "Stop",
    "time.Ticker": "Stop",
    "net.Conn": "Close",
    "net.Listener": "Close",
    "net.PacketConn": "Close",
    "net.TCPConn": "Close",
    "net.UDPConn": "Close",
    "os.File": "Close",
    "io.Closer": "Close",
    "io.ReadCloser": "Close",
    "io.WriteCloser": "Close",
    "io.ReadWriteCloser": "Close",
    "database/sql.DB": "Close",
    "google.golang.org/grpc.ClientConn": "Close",
    "github.com/gorilla/websocket.Conn": "Close",
}
"""By type: the method that ends it."""

CALLED_TO_END = frozenset(("context.CancelFunc", "context.CancelCauseFunc"))
"""Function types whose call ends something."""

ENDS = re.compile(
    r"^(?:[cC]lose|[sS]top|[cC]ancel|[sS]hutdown|[rR]elease|[dD]isconnect|[dD]estroy|[tT]erminate|[kK]ill|[dD]ispose)"
)
"""Names of methods that end something."""

METHODS = ("Close", "Stop", "Cancel", "Shutdown", "close", "stop", "cancel", "shutdown")
"""Methods of the analysed code's own types that end what their objects hold, likeliest first."""
