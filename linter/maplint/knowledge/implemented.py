"""Methods that user types implement for a library, and when the library calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from maplint.facts.types import Interface, Type
from maplint.knowledge.type_strings import parse_type
from maplint.knowledge.when import When


class Implemented(NamedTuple):
    """One method of an interface that a library calls on the values it is given."""

    interface: str
    """Import path and name, such as `net/http.Handler`."""
    method: str
    when: When
    """How its calls lie to each other once the value is in use; several values run as several do."""
    type: Type = None
    """The method's `Func`, which tells it from its namesakes where the source of the library is not at hand;
    None for     the standard library, which has a table."""


_OBJECT = "k8s.io/apimachinery/pkg/runtime.Object"

_STD: Final = (
    ("container/heap.Interface", "now", "Push Pop"),
    ("context.Context", "concurrent", "Deadline Done Err Value"),
    ("crypto/tls.ClientSessionCache", "concurrent", "Get Put"),
    ("database/sql.Scanner", "now", "Scan"),
    ("database/sql/driver.Connector", "concurrent", "Connect Driver"),
    ("database/sql/driver.Driver", "concurrent", "Open"),
    ("database/sql/driver.Valuer", "now", "Value"),
    ("encoding.BinaryMarshaler", "now", "MarshalBinary"),
    ("encoding.BinaryUnmarshaler", "now", "UnmarshalBinary"),
    ("encoding.TextMarshaler", "now", "MarshalText"),
    ("encoding.TextUnmarshaler", "now", "UnmarshalText"),
    ("encoding/gob.GobDecoder", "now", "GobDecode"),
    ("encoding/gob.GobEncoder", "now", "GobEncode"),
    ("encoding/json.Marshaler", "now", "MarshalJSON"),
    ("encoding/json.Unmarshaler", "now", "UnmarshalJSON"),
    ("encoding/xml.Marshaler", "now", "MarshalXML"),
    ("encoding/xml.Unmarshaler", "now", "UnmarshalXML"),
    ("expvar.Var", "concurrent", "String"),
    ("flag.Value", "now", "Set String"),
    ("fmt.Formatter", "now", "Format"),
    ("fmt.GoStringer", "now", "GoString"),
    ("fmt.Stringer", "now", "String"),
    ("go/ast.Visitor", "now", "Visit"),
    ("log/slog.Handler", "concurrent", "Enabled Handle WithAttrs WithGroup"),
    ("log/slog.LogValuer", "now", "LogValue"),
    ("net.Conn", "concurrent", "Read Write Close SetDeadline SetReadDeadline SetWriteDeadline"),
    ("net.Listener", "concurrent", "Accept Close Addr"),
    ("net.PacketConn", "concurrent", "ReadFrom WriteTo Close SetDeadline SetReadDeadline SetWriteDeadline"),
    ("net/http.CookieJar", "concurrent", "SetCookies Cookies"),
    ("net/http.FileSystem", "concurrent", "Open"),
    ("net/http.Handler", "concurrent", "ServeHTTP"),
    ("net/http.RoundTripper", "concurrent", "RoundTrip"),
    ("net/http/httputil.BufferPool", "concurrent", "Get Put"),
    ("sort.Interface", "now", "Len Less Swap"),
)

_LIBRARIES: Final = (
    ("charm.land/bubbletea/v2.Model", "later", "Init() Cmd; Update(Msg) (Model, Cmd); View() View"),
    (
        "github.com/charmbracelet/bubbletea.Model",
        "later",
        "Init() Cmd; Update(Msg) (Model, Cmd); View() string",
    ),
    ("github.com/golang/groupcache.Getter", "concurrent", "Get(context.Context, string, Sink) error"),
    (
        "github.com/hashicorp/memberlist.Delegate",
        "concurrent",
        "GetBroadcasts(int, int) [][]byte; LocalState(bool) []byte; MergeRemoteState([]byte, bool);"
        " NodeMeta(int) []byte; NotifyMsg([]byte)",
    ),
    (
        "github.com/hashicorp/memberlist.EventDelegate",
        "goroutine",
        "NotifyJoin(*Node); NotifyLeave(*Node); NotifyUpdate(*Node)",
    ),
    (
        "github.com/hashicorp/raft.FSM",
        "goroutine",
        "Apply(*Log) any; Restore(io.ReadCloser) error; Snapshot() (FSMSnapshot, error)",
    ),
    ("github.com/hashicorp/raft.FSMSnapshot", "goroutine", "Persist(SnapshotSink) error"),
    ("github.com/hibiken/asynq.Handler", "concurrent", "ProcessTask(context.Context, *Task) error"),
    (
        "github.com/IBM/sarama.ConsumerGroupHandler github.com/Shopify/sarama.ConsumerGroupHandler",
        "concurrent",
        "ConsumeClaim(ConsumerGroupSession, ConsumerGroupClaim) error",
    ),
    (
        "github.com/IBM/sarama.ConsumerGroupHandler github.com/Shopify/sarama.ConsumerGroupHandler",
        "later",
        "Cleanup(ConsumerGroupSession) error; Setup(ConsumerGroupSession) error",
    ),
    ("github.com/miekg/dns.Handler", "concurrent", "ServeDNS(ResponseWriter, *Msg)"),
    (
        "github.com/panjf2000/gnet/v2.EventHandler",
        "goroutine",
        "OnClose(Conn, error) Action; OnOpen(Conn) ([]byte, Action); OnTraffic(Conn) Action",
    ),
    (
        "github.com/prometheus/client_golang/prometheus.Collector",
        "concurrent",
        "Collect(chan<- Metric); Describe(chan<- *Desc)",
    ),
    ("github.com/sirupsen/logrus.Formatter", "concurrent", "Format(*Entry) ([]byte, error)"),
    ("github.com/sirupsen/logrus.Hook", "concurrent", "Fire(*Entry) error"),
    (
        "github.com/urfave/negroni.Handler github.com/urfave/negroni/v3.Handler",
        "concurrent",
        "ServeHTTP(net/http.ResponseWriter, *net/http.Request, net/http.HandlerFunc)",
    ),
    (
        "go.opentelemetry.io/otel/sdk/trace.SpanProcessor",
        "concurrent",
        "OnStart(context.Context, ReadWriteSpan); OnEnd(ReadOnlySpan)",
    ),
    (
        "go.uber.org/zap/zapcore.Core",
        "concurrent",
        "Check(Entry, *CheckedEntry) *CheckedEntry; Write(Entry, []Field) error",
    ),
    ("golang.org/x/oauth2.TokenSource", "concurrent", "Token() (*Token, error)"),
    (
        "google.golang.org/grpc/stats.Handler",
        "concurrent",
        "HandleConn(context.Context, ConnStats); HandleRPC(context.Context, RPCStats);"
        " TagConn(context.Context, *ConnTagInfo) context.Context;"
        " TagRPC(context.Context, *RPCTagInfo) context.Context",
    ),
    (
        "k8s.io/client-go/tools/cache.ResourceEventHandler",
        "goroutine",
        "OnAdd(any, bool); OnDelete(any); OnUpdate(any, any)",
    ),
    ("sigs.k8s.io/controller-runtime/pkg/manager.Runnable", "goroutine", "Start(context.Context) error"),
    (
        "sigs.k8s.io/controller-runtime/pkg/reconcile.Reconciler",
        "goroutine",
        "Reconcile(context.Context, Request) (Result, error)",
    ),
    (
        "sigs.k8s.io/controller-runtime/pkg/webhook/admission.CustomDefaulter",
        "concurrent",
        f"Default(context.Context, {_OBJECT}) error",
    ),
    (
        "sigs.k8s.io/controller-runtime/pkg/webhook/admission.CustomValidator",
        "concurrent",
        f"ValidateCreate(context.Context, {_OBJECT}) (Warnings, error);"
        f" ValidateDelete(context.Context, {_OBJECT}) (Warnings, error);"
        f" ValidateUpdate(context.Context, {_OBJECT}, {_OBJECT}) (Warnings, error)",
    ),
    (
        "sigs.k8s.io/controller-runtime/pkg/webhook/admission.Handler",
        "concurrent",
        "Handle(context.Context, Request) Response",
    ),
)


@cache
def implemented() -> Mapping[str, tuple[Implemented, ...]]:
    """All that is known, by the method's name."""
    found: dict[str, tuple[Implemented, ...]] = {}
    for entry in (*_std_methods(), *_library_methods()):
        found[entry.method] = (*found.get(entry.method, ()), entry)
    return found


def _std_methods() -> Iterator[Implemented]:
    for interface, when, methods in _STD:
        for method in methods.split():
            yield Implemented(interface, method, When(when))


def _library_methods() -> Iterator[Implemented]:
    for interfaces, when, methods in _LIBRARIES:
        for interface in interfaces.split():
            parsed = parse_type(f"interface{{{methods}}}", interface.rpartition(".")[0])
            assert isinstance(parsed, Interface)
            for method, type in parsed.methods:
                yield Implemented(interface, method, When(when), type)
