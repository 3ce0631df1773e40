"""The callbacks of well-known packages that serve requests or deliver messages: web, RPC, DNS, queues, chat.

The rows are read as those of `callbacks_std`; packages with the same names stand side by side. Every name was
looked up in the source of the package, at its newest state and, where the import path says so, at the older
major version. A method that a type gets by embedding stands under that type too, since the package's source
is seldom at hand. What a library does several at a time only when it is configured to, as the workers of a
Kubernetes controller, stands as one at a time.
"""

from __future__ import annotations

from typing import Final

_CHI = "github.com/go-chi/chi github.com/go-chi/chi/v5"
_ECHO = "github.com/labstack/echo github.com/labstack/echo/v4 github.com/labstack/echo/v5"
_FIBER = "github.com/gofiber/fiber/v2 github.com/gofiber/fiber/v3"
_SARAMA = "github.com/IBM/sarama github.com/Shopify/sarama"
_TELEBOT = "gopkg.in/telebot.v3 gopkg.in/telebot.v4"
_PION = "github.com/pion/webrtc/v3 github.com/pion/webrtc/v4"

_WEB: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "github.com/gorilla/mux",
        "concurrent",
        "Router.HandleFunc|Handle:1 Route.HandlerFunc|Handler|MatcherFunc:0 Router.Use:0+"
        " Router.NotFoundHandler|MethodNotAllowedHandler MiddlewareFunc|MatcherFunc:0",
    ),
    ("github.com/gorilla/mux", "now", "Router.Walk:0"),
    (
        _CHI,
        "concurrent",
        "Router|Mux.Connect|Delete|Get|Head|Options|Patch|Post|Put|Trace|Handle|HandleFunc|Mount:1"
        " Router|Mux.Method|MethodFunc:2 Router|Mux.NotFound|MethodNotAllowed:0",
    ),
    (_CHI, "later", "Router|Mux.Use|With:0+"),
    (_CHI, "now", "Router|Mux.Route:1 Router|Mux.Group:0 Walk:1"),
    (
        "github.com/gin-gonic/gin",
        "concurrent",
        "Engine|RouterGroup|IRouter|IRoutes.GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any:1+"
        " Engine.NoRoute|NoMethod:0+ Engine|RouterGroup|IRouter|IRoutes.Handle|Match:2+"
        " Engine|RouterGroup|IRouter|IRoutes.Use:0+ Engine|RouterGroup|IRouter.Group:1+"
        " WrapF|WrapH|HandlerFunc|CustomRecovery:0 CustomRecoveryWithWriter:1",
    ),
    ("github.com/gin-gonic/gin", "now", "Context.Stream:0"),
    (
        _ECHO,
        "concurrent",
        "Echo|Group.GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|Any:1+ Echo|Group.Add|Match:2+"
        " Echo|Group.Use:0+ Echo.Pre:0+ Echo|Group.Group:1+ Echo.HTTPErrorHandler"
        " WrapHandler|WrapMiddleware|HandlerFunc|MiddlewareFunc:0",
    ),
    (
        _FIBER,
        "concurrent",
        "App|Group|Router.Get|Head|Post|Put|Delete|Connect|Options|Trace|Patch|All|Group:1+"
        " App|Group|Router.Add:2+ App|Group|Router.Use:0+ Config.ErrorHandler",
    ),
    (_FIBER, "now", "App|Group|Router.Route:1"),
    (
        "github.com/julienschmidt/httprouter",
        "concurrent",
        "Router.GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE:1 Router.Handle|Handler|HandlerFunc:2 Handle:0"
        " Router.NotFound|MethodNotAllowed|GlobalOPTIONS|PanicHandler",
    ),
    (
        "github.com/valyala/fasthttp",
        "concurrent",
        "ListenAndServe|Serve|ServeConn:1 ListenAndServeUNIX:2 ListenAndServeTLS|ServeTLS:3"
        " Server.Handler|ErrorHandler|HeaderReceived|ContinueHandler|ConnState"
        " RequestHandler|TimeoutHandler:0 CompressHandler|CompressHandlerLevel:0"
        " Client|HostClient.Dial|RetryIf",
    ),
    ("github.com/valyala/fasthttp", "goroutine", "RequestCtx.Hijack:0"),
    (
        "github.com/cloudwego/hertz/pkg/route",
        "concurrent",
        "Engine|RouterGroup|IRouter|IRoutes.GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any:1+"
        " Engine.PanicHandler Engine|RouterGroup|IRouter|IRoutes.Handle:2+"
        " Engine|RouterGroup|IRouter|IRoutes.Use:0+ Engine|RouterGroup|IRouter.Group:1+"
        " Engine.NoRoute|NoMethod:0+",
    ),
    (
        "github.com/cloudwego/hertz/pkg/app/server",
        "concurrent",
        "Hertz.GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any|Group:1+ Hertz.Handle:2+"
        " Hertz.Use|NoRoute|NoMethod:0+",
    ),
    ("github.com/cloudwego/hertz/pkg/app", "concurrent", "HandlerFunc:0"),
    (
        "github.com/emicklei/go-restful github.com/emicklei/go-restful/v3",
        "concurrent",
        "RouteBuilder.To|Filter:0 WebService.Filter:0 Container.Filter:0 Filter:0 Container.Handle:1"
        " RouteFunction|FilterFunction:0",
    ),
    (
        "github.com/urfave/negroni github.com/urfave/negroni/v3",
        "concurrent",
        "Negroni.Use|UseFunc|UseHandler|UseHandlerFunc:0 New:0+ Wrap|WrapFunc|HandlerFunc:0",
    ),
    (
        "github.com/zeromicro/go-zero/rest",
        "concurrent",
        "Route.Handler WithNotFoundHandler|WithNotAllowedHandler:0",
    ),
    ("github.com/zeromicro/go-zero/rest", "later", "Server.Use:0 ToMiddleware:0"),
    (
        "github.com/quic-go/quic-go/http3",
        "concurrent",
        "Server.Handler ListenAndServeQUIC|ListenAndServeTLS:3",
    ),
    (
        "github.com/prometheus/client_golang/prometheus/promhttp",
        "concurrent",
        "InstrumentHandlerCounter|InstrumentHandlerDuration|InstrumentHandlerInFlight"
        "|InstrumentMetricHandler:1"
        " InstrumentHandlerRequestSize|InstrumentHandlerResponseSize|InstrumentHandlerTimeToWriteHeader:1",
    ),
    ("golang.org/x/net/websocket", "concurrent", "Handler:0 Server.Handler|Handshake"),
    (
        "github.com/gorilla/websocket",
        "concurrent",
        "Upgrader.CheckOrigin|Error Dialer.NetDial|NetDialContext|Proxy",
    ),
    ("github.com/gorilla/websocket", "later", "Conn.SetCloseHandler|SetPingHandler|SetPongHandler:0"),
    (
        "github.com/olahol/melody",
        "concurrent",
        "Melody.HandleConnect|HandleDisconnect|HandleMessage|HandleMessageBinary|HandleSentMessage"
        "|HandleSentMessageBinary|HandlePong|HandleClose|HandleError:0",
    ),
    ("github.com/olahol/melody", "goroutine", "Melody.BroadcastFilter|BroadcastBinaryFilter:1"),
)

_RPC: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "google.golang.org/grpc",
        "concurrent",
        "UnaryInterceptor|StreamInterceptor|UnknownServiceHandler:0"
        " ChainUnaryInterceptor|ChainStreamInterceptor:0+"
        " WithUnaryInterceptor|WithStreamInterceptor|WithContextDialer|StatsHandler|WithStatsHandler:0"
        " WithChainUnaryInterceptor|WithChainStreamInterceptor:0+"
        " Server|ServiceRegistrar.RegisterService:1"
        " UnaryServerInterceptor|StreamServerInterceptor|UnaryClientInterceptor|StreamClientInterceptor:0",
    ),
    (
        "connectrpc.com/connect",
        "concurrent",
        "NewUnaryHandler|NewClientStreamHandler|NewServerStreamHandler|NewBidiStreamHandler:1"
        " UnaryInterceptorFunc:0"
        " NewUnaryHandlerSimple|NewClientStreamHandlerSimple|NewServerStreamHandlerSimple:1 WithRecover:0",
    ),
    (
        "github.com/grpc-ecosystem/grpc-gateway/v2/runtime",
        "concurrent",
        "ServeMux.Handle|HandlePath:2 HandlerFunc|WithErrorHandler|WithRoutingErrorHandler|WithMetadata:0"
        " WithIncomingHeaderMatcher|WithOutgoingHeaderMatcher|WithForwardResponseOption:0",
    ),
    (
        "github.com/gliderlabs/ssh",
        "concurrent",
        "Handle:0 ListenAndServe|Serve:1 Handler:0 PasswordAuth|PublicKeyAuth:0",
    ),
    (
        "github.com/gliderlabs/ssh",
        "concurrent",
        "Server.Handler|PasswordHandler|PublicKeyHandler|KeyboardInteractiveHandler|PtyCallback"
        "|ConnCallback|LocalPortForwardingCallback|ReversePortForwardingCallback|SessionRequestCallback"
        "|RequestHandlers|SubsystemHandlers|ChannelHandlers",
    ),
    (
        "golang.org/x/crypto/ssh",
        "concurrent",
        "ServerConfig.PasswordCallback|PublicKeyCallback|KeyboardInteractiveCallback|NoClientAuthCallback"
        "|AuthLogCallback|BannerCallback",
    ),
    ("golang.org/x/crypto/ssh", "later", "ClientConfig.HostKeyCallback|BannerCallback"),
    ("golang.org/x/crypto/acme/autocert", "concurrent", "Manager.HostPolicy|Cache HostPolicy:0"),
    (
        "github.com/miekg/dns",
        "concurrent",
        "HandleFunc|Handle:1 ServeMux.HandleFunc|Handle:1 HandlerFunc:0 ListenAndServe|ActivateAndServe:2"
        " ListenAndServeTLS:3 Server.Handler",
    ),
    (
        "github.com/libp2p/go-libp2p/core/host",
        "concurrent",
        "Host.SetStreamHandler:1 Host.SetStreamHandlerMatch:2",
    ),
)

_QUEUES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "github.com/nats-io/nats.go",
        "goroutine",
        "Conn|EncodedConn|JetStream.Subscribe:1 Conn|EncodedConn|JetStream.QueueSubscribe:2"
        " ClosedHandler|ConnectHandler|DisconnectErrHandler|DisconnectHandler|ErrorHandler"
        "|ReconnectHandler:0"
        " Conn.SetClosedHandler|SetDisconnectErrHandler|SetErrorHandler|SetReconnectHandler:0"
        " Options.ClosedCB|ConnectedCB|DisconnectedErrCB|AsyncErrorCB|ReconnectedCB MsgHandler:0",
    ),
    ("github.com/nats-io/nats.go/jetstream", "goroutine", "Consumer|PushConsumer.Consume:0 MessageHandler:0"),
    (
        "github.com/nats-io/nats.go/micro",
        "goroutine",
        "Service|Group.AddEndpoint:1 HandlerFunc:0 EndpointConfig.Handler",
    ),
    (
        "github.com/eclipse/paho.mqtt.golang",
        "goroutine",
        "Client.Subscribe:2 Client.SubscribeMultiple|AddRoute:1 ClientOptions.SetDefaultPublishHandler:0"
        " ClientOptions.SetOnConnectHandler|SetConnectionLostHandler|SetReconnectingHandler:0"
        " MessageHandler:0 ClientOptions.OnConnect|OnConnectionLost|OnReconnecting|DefaultPublishHandler",
    ),
    (_SARAMA, "concurrent", "ConsumerGroup.Consume:2"),
    ("github.com/twmb/franz-go/pkg/kgo", "goroutine", "Client.Produce|TryProduce:2 AutoCommitCallback:0"),
    (
        "github.com/twmb/franz-go/pkg/kgo",
        "goroutine",
        "OnPartitionsAssigned|OnPartitionsRevoked|OnPartitionsLost|OnOffsetsFetched:0",
    ),
    ("github.com/twmb/franz-go/pkg/kgo", "now", "Fetches.EachRecord|EachPartition|EachTopic|EachError:0"),
    ("github.com/nsqio/go-nsq", "concurrent", "Consumer.AddConcurrentHandlers:0"),
    ("github.com/nsqio/go-nsq", "goroutine", "Consumer.AddHandler:0 HandlerFunc:0"),
    ("cloud.google.com/go/pubsub", "parallel", "Subscription.Receive:1"),
    (
        "github.com/ThreeDotsLabs/watermill/message",
        "concurrent",
        "Router.AddHandler:5 Router.AddNoPublisherHandler|AddConsumerHandler:3"
        " HandlerFunc|NoPublishHandlerFunc:0",
    ),
    (
        "github.com/ThreeDotsLabs/watermill/message",
        "later",
        "Router|Handler.AddMiddleware:0+ HandlerMiddleware:0",
    ),
    (
        "github.com/hibiken/asynq",
        "concurrent",
        "ServeMux.HandleFunc|Handle:1 ServeMux.Use:0+ HandlerFunc|MiddlewareFunc:0 Server.Run|Start:0"
        " Config.ErrorHandler|RetryDelayFunc",
    ),
    (
        "go.temporal.io/sdk/worker",
        "concurrent",
        "Worker|Registry|ActivityRegistry.RegisterActivity|RegisterActivityWithOptions:0"
        " Worker|Registry|WorkflowRegistry.RegisterWorkflow|RegisterWorkflowWithOptions:0",
    ),
    ("go.temporal.io/sdk/workflow", "goroutine", "Go:1 GoNamed:2"),
    ("go.temporal.io/sdk/workflow", "now", "Await:1 AwaitWithTimeout:2 SideEffect:1"),
    (
        "github.com/aws/aws-lambda-go/lambda",
        "later",
        "Start|StartHandler|StartHandlerFunc|StartWithOptions:0 StartWithContext|StartHandlerWithContext:1",
    ),
    ("github.com/bwmarrin/discordgo", "concurrent", "Session.AddHandler|AddHandlerOnce:0"),
    (
        _TELEBOT,
        "concurrent",
        "Bot|Group.Handle:1+ Bot|Group.Use:0+ HandlerFunc|MiddlewareFunc:0 Settings.OnError",
    ),
    (
        _PION,
        "goroutine",
        "PeerConnection.OnTrack|OnDataChannel|OnICECandidate|OnICEConnectionStateChange"
        "|OnICEGatheringStateChange|OnConnectionStateChange|OnSignalingStateChange|OnNegotiationNeeded:0"
        " DataChannel.OnMessage|OnOpen|OnClose|OnError|OnBufferedAmountLow:0",
    ),
)

SERVERS: Final = (*_WEB, *_RPC, *_QUEUES)
