"""Signs that an object lives long, or not: by the types of its fields and the names of its methods. Tables only."""

from __future__ import annotations

import re

LIMITER_TYPES = frozenset(
    (
        "golang.org/x/time/rate.Limiter",
        "golang.org/x/sync/semaphore.Weighted",
        "golang.org/x/sync/singleflight.Group",
        "github.com/juju/ratelimit.Bucket",
        "sync.WaitGroup",
        "sync.Once",
        "sync.Cond",
    )
)
"""What is made for each key to hold its users back."""

LONG_LIVED_FIELDS: dict[str, str] = {
    "sync.WaitGroup": "waits for goroutines",
    "time.Ticker": "owns a ticker",
    "net.Listener": "owns a listener",
    "net/http.Server": "owns a server",
    "net/http.Client": "owns an HTTP client",
    "google.golang.org/grpc.Server": "owns a server",
    "google.golang.org/grpc.ClientConn": "owns a connection",
    "database/sql.DB": "owns a database handle",
    "golang.org/x/sync/singleflight.Group": "shares work between goroutines",
    "golang.org/x/sync/errgroup.Group": "owns goroutines",
    "context.CancelFunc": "is stopped by a cancel function",
}
"""By type of a field: what it says of the object."""

REQUEST_SCOPED = frozenset(
    (
        "net/http.Request",
        "net/http.Response",
        "net/http.Header",
        "net/url.URL",
        "net/textproto.MIMEHeader",
        "mime/multipart.Form",
        "github.com/gin-gonic/gin.Context",
        "github.com/labstack/echo/v4.Context",
        "github.com/gofiber/fiber/v2.Ctx",
        "github.com/valyala/fasthttp.RequestCtx",
    )
)
"""Types whose objects belong to one request, and to the goroutine that serves it."""

OPENS_TO_READ = frozenset(("os.Open", "io/fs.FS.Open", "embed.FS.Open"))
"""Functions that give a file for reading, whose contents come to an end."""

READS_ON = re.compile(r"\.(?:Read(?:|String|Line|Bytes|Slice|Rune)|Scan|Decode|Token|Next)$")
"""Methods that read on in what was opened, by the end of their symbols."""

ANSWERED_WITH = frozenset(
    (
        "net/http.ResponseWriter",
        "github.com/gin-gonic/gin.Context",
        "github.com/labstack/echo.Context",
        "github.com/labstack/echo/v4.Context",
        "github.com/gofiber/fiber/v2.Ctx",
        "github.com/gofiber/fiber/v3.Ctx",
        "github.com/valyala/fasthttp.RequestCtx",
    )
)
"""Types that functions are given to answer one request with."""

COMMANDS = re.compile(r"github\.com/(?:urfave/cli(?:/v\d+)?\.(?:Context|Command)|spf13/cobra\.Command)")
"""Types that the actions of a command line are handed."""

LONG_LIVED_METHODS = frozenset(
    (
        "ServeHTTP",
        "Serve",
        "ListenAndServe",
        "Run",
        "Start",
        "Stop",
        "Shutdown",
        "Close",
        "Loop",
        "loop",
        "run",
        "Reconcile",
        "Collect",
        "RoundTrip",
    )
)

SHORT_LIVED_NAMES = re.compile(
    r"(?:Builder|builder|Request|Response|Reply|Result|Results|Options|Opts|Params|Args|Visitor|visitor|Walker|walker"
    r"|Parser|parser|Encoder|encoder|Decoder|decoder|Scanner|Formatter|Printer|Iterator|iterator|Iter|Event|Message"
    r"|Config|config|Spec|Status|State|Snapshot|Info|Report|Stats|Diff|Query|query|Plan|Stmt|Tx|Txn|Batch|Context|context"
    r"|Collector|Compiler|compiler|Resolver|Generator|generator|Test|Suite|Fixture|Mock|mock|Fake|fake|Stub)$"
)
"""Names of types that, without other evidence, do their work and are gone."""

LONG_LIVED_NAMES = re.compile(
    r"(?:Server|server|Manager|manager|Service|service|Cache|cache|Pool|pool|Registry|registry|Store|store|Broker"
    r"|Hub|hub|Controller|controller|Handler|handler|Daemon|Router|Proxy|proxy|Client|client|Tracker|tracker|Limiter"
    r"|Monitor|monitor|Scheduler|scheduler|Watcher|watcher|Dispatcher|Coordinator|Supervisor|Provider|provider|Engine|Node|Backend"
    r"|Listener|listener|Agent|Factory|factory|Table|Storage|storage|Index|Balancer|Discovery|Reconciler|Map|Set|Counter)$"
)
"""Names of types that usually live as long as the program."""

NOT_PRODUCT = re.compile(
    r"(?:^|/)(?:testdata|tests?|testing|testutils?|test_utils?|e2e|mocks?|mocked|fakes?|examples?|_examples|demos?|samples?"
    r"|benchmarks?|bench|hack|scripts?|tools?|internal/testing|integration[-_]?tests?|fuzz|simulations?|simapp|tutorials?|playground"
    r"|codegen|gen)(?:/|$)|(?:^|/)[\w-]*(?:test|testing|mock|mocks|fake|testutil|testutils|testkit|testhelpers?)(?:/|$)"
)
"""Folders whose code is no product: tests, mocks, examples, tools."""

TEST_FRAMEWORKS = re.compile(
    r"testing(?:/\w+)?$|github\.com/(?:stretchr/testify|onsi/(?:ginkgo|gomega)|golang/mock|smartystreets"
    r"|frankban/quicktest|ory/dockertest|testcontainers)(?:/|$)|go\.uber\.org/(?:mock|goleak)(?:/|$)|gotest\.tools(?:/|$)|gopkg\.in/check\."
)
"""Import paths of what only tests and their support use."""

REGISTRATION = re.compile(
    r"^(?:[rR]egister|[mM]ust|[iI]nstall|[aA]ddFlag|[dD]efine|[dD]eclare|[iI]nit|[sS]etup|[cC]onfigure|[lL]oad|[pP]arse|[bB]ind|[mM]ount)"
)
"""Names of functions that set something up."""

SET_UP = re.compile(
    r"^(?:[nN]ew(?![a-z])|[iI]nit|[sS]et[uU]p|[cC]onfigure|[mM]ust(?![a-z])|[lL]oadConf|[pP]arse(?![a-z]))"
    r"|From(?:Config|Options|Env)|(?:Config|Options|Settings|Factory)$"
)
"""Names of functions that make things, once for each that the program text or its configuration asks for."""

READS_ITSELF = re.compile(
    r"^(?:Unmarshal(?:JSON|YAML|TOML|XML|Text|Binary|CBOR|BSON|Msg)?|GobDecode|DecodeMsg)$"
)
"""Names of methods that fill a new object from its written form."""

PARSES = re.compile(r"[pP]arse(?![a-z])")
"""Names of functions that read one text: configuration at the start, messages later."""
