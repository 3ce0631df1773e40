"""Where a map key can come from: what standard and well-known functions, fields and types say of it.

Tables only. `OPEN` sources give new values for as long as a program serves; `CLOSED` ones are fixed by the program
text, its build or its configuration.
"""

from __future__ import annotations

import re

OPEN_CALLS: dict[str, str] = {
    "net/http.Header.Get": "a request header",
    "net/http.Header.Values": "a request header",
    "net/http.Request.FormValue": "a form value",
    "net/http.Request.PostFormValue": "a form value",
    "net/http.Request.PathValue": "the request's path",
    "net/http.Request.UserAgent": "a request header",
    "net/http.Request.Referer": "a request header",
    "net/http.Request.Cookie": "a cookie",
    "net/url.Values.Get": "the request's query",
    "net/url.URL.Query": "the request's query",
    "net.SplitHostPort": "a network address",
    "net.ParseIP": "a network address",
    "net.ResolveIPAddr": "a network address",
    "net.ResolveTCPAddr": "a network address",
    "net.ResolveUDPAddr": "a network address",
    "net/netip.ParseAddr": "a network address",
    "time.Now": "the time",
    "time.Time.Unix": "the time",
    "time.Time.UnixNano": "the time",
    "time.Time.Format": "the time",
    "math/rand.Int": "a random number",
    "math/rand.Intn": "a random number",
    "math/rand.Int63": "a random number",
    "math/rand.Uint64": "a random number",
    "math/rand.Uint32": "a random number",
    "math/rand/v2.Uint64": "a random number",
    "math/rand/v2.Int": "a random number",
    "crypto/rand.Text": "a random text",
    "crypto/rand.Read": "a random text",
    "github.com/google/uuid.New": "a generated id",
    "github.com/google/uuid.NewString": "a generated id",
    "github.com/google/uuid.NewRandom": "a generated id",
    "github.com/google/uuid.Must": "a generated id",
    "github.com/gofrs/uuid.NewV4": "a generated id",
    "github.com/satori/go.uuid.NewV4": "a generated id",
    "github.com/rs/xid.New": "a generated id",
    "github.com/oklog/ulid.Make": "a generated id",
    "github.com/oklog/ulid/v2.Make": "a generated id",
    "github.com/segmentio/ksuid.New": "a generated id",
    "sync/atomic.AddInt64": "a counter",
    "sync/atomic.AddInt32": "a counter",
    "sync/atomic.AddUint64": "a counter",
    "sync/atomic.AddUint32": "a counter",
    "sync/atomic.Int64.Add": "a counter",
    "sync/atomic.Int32.Add": "a counter",
    "sync/atomic.Uint64.Add": "a counter",
    "sync/atomic.Uint32.Add": "a counter",
    "os.ReadDir": "file names",
    "path/filepath.Glob": "file names",
    "bufio.Scanner.Text": "text read at run time",
    "bufio.Reader.ReadString": "text read at run time",
    "database/sql.Rows.Scan": "a database row",
    "github.com/gorilla/mux.Vars": "the request's path",
    "github.com/go-chi/chi.URLParam": "the request's path",
    "github.com/go-chi/chi/v5.URLParam": "the request's path",
    "google.golang.org/grpc/peer.FromContext": "a peer",
    "google.golang.org/grpc/metadata.FromIncomingContext": "request metadata",
}
"""By symbol of the function or method: what it gives, as a phrase."""

OPEN_METHODS: dict[str, str] = {
    "RemoteAddr": "a remote address",
    "RealIP": "a remote address",
    "ClientIP": "a remote address",
    "SessionID": "a session",
    "RequestURI": "a request",
    "Param": "the request's path",
    "URLParam": "the request's path",
    "QueryParam": "the request's query",
    "PostForm": "a form value",
    "FormValue": "a form value",
    "GetHeader": "a request header",
}
"""By method name alone, for types that are not known and for interfaces."""

OPEN_TYPES: dict[str, str] = {
    "net/http.Request": "a request",
    "net.Conn": "a connection",
    "net.Addr": "a network address",
    "net.IP": "a network address",
    "net.UDPAddr": "a network address",
    "net.TCPAddr": "a network address",
    "net/netip.Addr": "a network address",
    "net/netip.AddrPort": "a network address",
    "time.Time": "the time",
    "context.Context": "a context",
    "github.com/google/uuid.UUID": "a generated id",
    "github.com/gorilla/websocket.Conn": "a connection",
    "nhooyr.io/websocket.Conn": "a connection",
    "github.com/coder/websocket.Conn": "a connection",
}
"""By type: what a value of it, or a field of it, stands for."""

OF_CONNECTIONS = frozenset(("a connection", "a network address", "a remote address"))
"""What of these a connection gives, whoever opened it."""

OF_FILES = frozenset(("ModTime",))
"""Methods that give what belongs to one file, whatever its type: it is another one when the file is another."""

CLOSED_TYPES = frozenset(
    (
        "reflect.Type",
        "reflect.Kind",
        "go/types.Type",
        "go/token.Token",
        "go/types.BasicKind",
        "log/slog.Level",
        "os.Signal",
        "syscall.Signal",
        "net/http.ConnState",
        "crypto.Hash",
        "encoding/binary.ByteOrder",
        "google.golang.org/grpc/codes.Code",
        "google.golang.org/protobuf/reflect/protoreflect.FullName",
        "k8s.io/apimachinery/pkg/runtime/schema.GroupVersionKind",
        "k8s.io/apimachinery/pkg/runtime/schema.GroupVersionResource",
        "k8s.io/apimachinery/pkg/runtime/schema.GroupKind",
        "k8s.io/apimachinery/pkg/runtime/schema.GroupResource",
        "k8s.io/apimachinery/pkg/runtime/schema.GroupVersion",
    )
)
"""Types whose values the program text decides."""

CLOSED_FIELDS = frozenset(
    (
        "net/http.Request.Method",
        "net/http.Request.Proto",
        "net/http.Request.TLS",
        "net/url.URL.Scheme",
    )
)
"""Fields of open types that have few values all the same."""

CLOSED_BASIC = frozenset(("bool", "int8", "uint8", "untyped bool"))

CLOSED_CALLS = re.compile(
    r"^(?:flag\.|os\.Getenv|os\.LookupEnv|os\.Hostname|os\.Args|reflect\.TypeOf|reflect\.Value\.Type|runtime\.Caller"
    r"|runtime\.FuncForPC|runtime\.GOOS|github\.com/spf13/(?:viper|pflag)\."
    r"|github\.com/urfave/cli(?:/v\d)?\.(?:Context|Command)\.|os/user\.|runtime/debug\.)"
)
"""Functions whose results the program text, its flags or its environment decide."""

PASSING_PACKAGES = frozenset(
    (
        "strings",
        "bytes",
        "fmt",
        "strconv",
        "path",
        "path/filepath",
        "unicode",
        "encoding/hex",
        "encoding/base64",
        "crypto/sha256",
        "crypto/sha1",
        "crypto/md5",
        "hash/fnv",
        "slices",
        "cmp",
        "sort",
        "errors",
        "net/textproto",
    )
)
"""Packages whose functions say of their results what holds of their arguments."""

PASSING_CALLS = frozenset(
    (
        "net.JoinHostPort",
        "net/url.Parse",
        "net/url.ParseRequestURI",
        "net/url.PathEscape",
        "net/url.QueryEscape",
    )
)
"""Functions of other packages of which the same is true."""

PASSING_METHODS = frozenset(
    ("String", "Key", "Hash", "Bytes", "Hex", "Sum", "Text", "Base58", "Encode", "Name", "ID")
)
"""Methods that say the same as what they are asked of, in another form."""

OPEN_NAMES = re.compile(
    r"(?:^|_|(?<=[a-z]))(?:[rR]emote|[pP]eer|[cC]lient|[sS]ession|[tT]enant|[uU]ser|[tT]oken|[rR]eq(?:uest)?|[cC]onn(?:ection)?"
    r"|[aA]ddr(?:ess)?|[iI][pP]|[uU]rl|URL|[uU]uid|UUID|[iI]d|ID|[hH]ash|[dD]igest|[hH]ost|[dD]omain|[bB]ucket|[oO]bject"
    r"|[nN]once|[tT]x|[bB]lock|[sS]eq|[pP]id|PID|[jJ]ob|[tT]ask|[sS]tream|[cC]hannel|[tT]opic|[qQ]uery|[sS]ubject|[fF]ile"
    r"|[mM]sg|[mM]essage|[eE]vent|[kK]ey|[uU]id|UID|[pP]od|[nN]ode|[eE]ndpoint|[iI]nstance|[gG]roup|[rR]oom|[pP]ath|[dD]evice)"
    r"(?:s)?(?:ID|Id|Key|Name|Addr|Hash)?(?:$|_|(?=[A-Z]))"
)
"""Names of parameters and fields that speak of things that come and go."""

COMERS = re.compile(
    r"from a channel|[rR]emote|[pP]eer|[cC]lient|[sS]ession|[tT]enant|[tT]oken|[rR]eq(?![a-z])|[rR]equest"
    r"|[cC]onn|[aA]ddr"
    r"|(?:^|[^a-zA-Z])ip|IP|[uU]uid|UUID|(?:^|[^a-zA-Z])id|I[dD](?![a-z])|[hH]ash|[dD]igest|[dD]omain|[bB]ucket|[oO]bject"
    r"|[nN]once|[tT]xn?(?![a-z])|[bB]lock|[sS]eq(?![a-z])|[pP]id(?![a-z])|[jJ]ob|[tT]ask|[sS]tream|[tT]opic"
    r"|[qQ]uery|[sS]ubject"
    r"|[fF]ile|[mM]sg|[mM]essage|[eE]vent|[uU]id(?![a-z])|UID|[pP]od(?![a-z])|[eE]ndpoint|[rR]oom|[nN]amespace|[pP]ath"
)
"""Among these names, those of what every client, message or object brings along."""
