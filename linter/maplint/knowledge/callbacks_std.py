"""The callbacks of the standard library.

Each row: import path, when, and words. A word is a function or method with the index of its parameter
(`Walk:1`, `Once.Do:0`), or a field (`Server.ConnState`); `|` stands between alternatives. A test shows that
every name exists, and that no exported function, method or field of func type is missing.
"""

from __future__ import annotations

from typing import Final

_TEXT = "ContainsFunc|FieldsFunc|IndexFunc|LastIndexFunc|TrimFunc|TrimLeftFunc|TrimRightFunc:1 Map:0"

STD: Final[tuple[tuple[str, str, str], ...]] = (
    ("archive/zip", "concurrent", "RegisterCompressor|RegisterDecompressor:1"),
    ("archive/zip", "later", "Reader.RegisterDecompressor:1 Writer.RegisterCompressor:1"),
    ("bufio", "later", "Scanner.Split:0"),
    ("bytes strings", "now", _TEXT),
    ("bytes strings", "later", "FieldsFuncSeq:1"),
    ("container/heap", "now", "Init|Push|Pop|Fix|Remove:0"),
    ("container/ring", "now", "Ring.Do:0"),
    ("context", "goroutine", "AfterFunc:1"),
    ("crypto", "concurrent", "RegisterHash:1"),
    ("crypto/fips140", "now", "WithoutEnforcement:0"),
    ("crypto/hkdf", "now", "Expand|Extract|Key:0"),
    ("crypto/hmac", "now", "New:0"),
    ("crypto/pbkdf2", "now", "Key:0"),
    ("crypto/subtle", "now", "WithDataIndependentTiming:0"),
    (
        "crypto/tls",
        "concurrent",
        "Config.Time|GetCertificate|GetClientCertificate|GetConfigForClient|VerifyPeerCertificate"
        "|VerifyConnection|UnwrapSession|WrapSession|EncryptedClientHelloRejectionVerify"
        "|GetEncryptedClientHelloKeys|ClientSessionCache",
    ),
    ("crypto/x509", "concurrent", "CertPool.AddCertWithConstraint:1"),
    ("database/sql", "concurrent", "OpenDB:0 Register:1"),
    ("database/sql", "now", "Conn.Raw:0"),
    ("encoding/json/v2", "concurrent", "MarshalFunc|MarshalToFunc|UnmarshalFunc|UnmarshalFromFunc:0"),
    ("encoding/json/v2", "now", "GetOption:1"),
    ("encoding/xml", "later", "Decoder.CharsetReader"),
    ("expvar", "concurrent", "Publish:1 Map.Set:1 Func:0"),
    ("expvar", "now", "Do:0 Map.Do:0"),
    ("flag", "later", "BoolFunc|Func:2 FlagSet.BoolFunc|Func:2 FlagSet.Usage Var:0 FlagSet.Var:0"),
    ("flag", "now", "Visit|VisitAll:0 FlagSet.Visit|VisitAll:0"),
    ("fmt", "now", "ScanState.Token:1"),
    (
        "go/ast",
        "now",
        "FilterDecl|FilterFile|FilterPackage|Inspect:1 Fprint:3 NewPackage|PreorderStack:2 Walk:0",
    ),
    (
        "go/build",
        "later",
        "Context.JoinPath|SplitPathList|IsAbsPath|IsDir|HasSubdir|ReadDir|OpenFile",
    ),
    ("go/build/constraint", "now", "Expr|AndExpr|NotExpr|OrExpr|TagExpr.Eval:0"),
    ("go/doc", "now", "Package.Filter:0"),
    ("go/doc/comment", "later", "Parser.LookupPackage|LookupSym Printer.HeadingID|DocLinkURL"),
    ("go/importer", "later", "For:1 ForCompiler:2"),
    ("go/parser", "now", "ParseDir:2"),
    ("go/scanner", "later", "Scanner.Init:2"),
    ("go/token", "now", "FileSet.Iterate|Read|Write:0"),
    ("go/types", "later", "Config.Error|Importer"),
    ("go/types", "now", "ObjectString|SelectionString|TypeString:1 WriteSignature|WriteType:2"),
    ("image", "concurrent", "RegisterFormat:2 RegisterFormat:3"),
    ("image/color", "later", "ModelFunc:0"),
    ("io/fs", "now", "WalkDir:2"),
    ("iter", "later", "Pull|Pull2:0"),
    ("log/slog", "concurrent", "HandlerOptions.ReplaceAttr New:0"),
    ("log/slog", "now", "Record.Attrs:0"),
    ("maps", "now", "Collect:0 DeleteFunc|Insert:1 EqualFunc:2"),
    ("math/rand math/rand/v2", "now", "Shuffle:1 Rand.Shuffle:1"),
    ("mime", "later", "WordDecoder.CharsetReader"),
    ("net", "concurrent", "Dialer.Control|ControlContext Resolver.Dial"),
    ("net", "later", "ListenConfig.Control"),
    (
        "net/http",
        "concurrent",
        "HandleFunc|Handle|ListenAndServe|Serve|ServeTLS:1 ListenAndServeTLS:3"
        " ServeMux.HandleFunc|Handle:1 HandlerFunc:0"
        " TimeoutHandler|MaxBytesHandler|AllowQuerySemicolons|FileServer|FileServerFS:0 StripPrefix:1"
        " CrossOriginProtection.Handler|SetDenyHandler:0 Server.Handler|ConnState|TLSNextProto"
        " Client.CheckRedirect|Transport|Jar HTTP2Config.CountError ClientConn.SetStateHook:0"
        " Transport.Proxy|OnProxyConnectResponse|DialContext|Dial|DialTLSContext|DialTLS"
        "|GetProxyConnectHeader Transport.RegisterProtocol:1",
    ),
    ("net/http", "goroutine", "Server.RegisterOnShutdown:0"),
    ("net/http", "later", "Server.BaseContext|ConnContext Request.GetBody"),
    ("net/http/cgi", "now", "Serve:0"),
    ("net/http/fcgi", "concurrent", "Serve:1"),
    ("net/http/httptest", "concurrent", "NewServer|NewUnstartedServer|NewTLSServer:0"),
    (
        "net/http/httptrace",
        "concurrent",
        "ClientTrace.GetConn|GotConn|PutIdleConn|GotFirstResponseByte|Got100Continue|Got1xxResponse"
        "|DNSStart|DNSDone|ConnectStart|ConnectDone|TLSHandshakeStart|TLSHandshakeDone|WroteHeaderField"
        "|WroteHeaders|Wait100Continue|WroteRequest",
    ),
    (
        "net/http/httputil",
        "concurrent",
        "ReverseProxy.Rewrite|ModifyResponse|ErrorHandler|Director|Transport|BufferPool",
    ),
    ("net/rpc", "concurrent", "Register:0 RegisterName:1 Server.Register:0 Server.RegisterName:1"),
    ("os", "now", "Expand:1 Process.WithHandle:0"),
    ("os/exec", "goroutine", "Cmd.Cancel"),
    ("path/filepath", "now", "Walk|WalkDir:1"),
    ("reflect", "later", "MakeFunc:1"),
    ("reflect", "now", "Type.FieldByNameFunc:0 Value.FieldByNameFunc:0"),
    ("regexp", "now", "Regexp.ReplaceAllFunc|ReplaceAllStringFunc:1"),
    ("runtime", "concurrent", "AddCleanup:1"),
    ("runtime", "goroutine", "SetFinalizer:1"),
    ("runtime/pprof", "now", "Do:2 ForLabels:1"),
    ("runtime/trace", "now", "WithRegion:2"),
    (
        "slices",
        "now",
        "BinarySearchFunc|CompareFunc|EqualFunc:2"
        " AppendSeq|CompactFunc|ContainsFunc|DeleteFunc|IndexFunc|IsSortedFunc|MaxFunc|MinFunc|SortFunc"
        "|SortStableFunc|SortedFunc|SortedStableFunc:1 Collect|Sorted|SortedFunc|SortedStableFunc:0",
    ),
    ("sort", "now", "Find|Search|Slice|SliceIsSorted|SliceStable:1 Sort|Stable|IsSorted:0"),
    ("sync", "concurrent", "Pool.New"),
    ("sync", "goroutine", "WaitGroup.Go:0"),
    ("sync", "now", "Map.Range:0"),
    ("sync", "once", "Once.Do:0 OnceFunc|OnceValue|OnceValues:0"),
    ("syscall", "now", "RawConn.Control|Read|Write:0"),
    ("testing", "later", "common|TB.Cleanup:0"),
    (
        "testing",
        "now",
        "AllocsPerRun:1 T|B.Run:1 Benchmark|Main|RunBenchmarks|RunExamples|RunTests:0 F.Fuzz:0"
        " InternalBenchmark|InternalExample.F InternalFuzzTarget.Fn InternalTest.F",
    ),
    ("testing", "parallel", "B.RunParallel:0"),
    ("testing/quick", "now", "Check:0 CheckEqual:0 CheckEqual:1 Config.Values"),
    ("testing/slogtest", "now", "Run|TestHandler:1 Run:2"),
    ("testing/synctest", "now", "Test:1"),
    ("text/scanner", "later", "Scanner.Error|IsIdentRune"),
    ("text/template html/template", "concurrent", "Template.Funcs:0"),
    ("time", "timer", "AfterFunc:1"),
)
