"""Result types of library functions that make what `callbacks` and `locks` know of.

Without them what `mux.NewRouter()` returns would have no type, since the library's source is seldom at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from maplint.facts.types import Type
from maplint.knowledge.type_strings import parse_signature
from maplint.knowledge.words import spelt_out

_RESULTS: Final = (
    ("charm.land/bubbletea/v2 github.com/charmbracelet/bubbletea", "NewProgram", "*Program"),
    ("github.com/ThreeDotsLabs/watermill/message", "NewRouter", "(*Router, error)"),
    ("github.com/ThreeDotsLabs/watermill/message", "Router.AddHandler|AddNoPublisherHandler", "*Handler"),
    ("github.com/alitto/pond", "New", "*WorkerPool"),
    ("github.com/alitto/pond", "WorkerPool.Group", "*TaskGroup"),
    ("github.com/alitto/pond/v2", "NewPool", "Pool"),
    ("github.com/bwmarrin/discordgo", "New", "(*Session, error)"),
    ("github.com/cloudwego/hertz/pkg/app/server", "Default|New", "*Hertz"),
    (
        "github.com/cloudwego/hertz/pkg/app/server",
        "Hertz.Group",
        "*github.com/cloudwego/hertz/pkg/route.RouterGroup",
    ),
    ("github.com/cloudwego/hertz/pkg/route", "Engine|RouterGroup|IRouter.Group", "*RouterGroup"),
    ("github.com/dgraph-io/badger/v4", "Open", "(*DB, error)"),
    ("github.com/eclipse/paho.mqtt.golang", "NewClient", "Client"),
    ("github.com/eclipse/paho.mqtt.golang", "NewClientOptions", "*ClientOptions"),
    ("github.com/emicklei/go-restful github.com/emicklei/go-restful/v3", "NewContainer", "*Container"),
    (
        "github.com/emicklei/go-restful github.com/emicklei/go-restful/v3",
        "WebService.GET|POST|PUT|PATCH|DELETE",
        "*RouteBuilder",
    ),
    ("github.com/gammazero/workerpool", "New", "*WorkerPool"),
    ("github.com/gin-gonic/gin", "Default|New", "*Engine"),
    ("github.com/gin-gonic/gin", "Engine|RouterGroup|IRouter.Group", "*RouterGroup"),
    ("github.com/go-chi/chi github.com/go-chi/chi/v5", "NewRouter|NewMux", "*Mux"),
    ("github.com/go-chi/chi github.com/go-chi/chi/v5", "Mux|Router.Group|Route|With", "Router"),
    ("github.com/go-co-op/gocron", "NewScheduler", "*Scheduler"),
    (
        "github.com/go-co-op/gocron",
        "Scheduler.Every|Cron|CronWithSeconds|Second|Seconds|Minute|Minutes|Hour|Hours|Day|Days|At|Name|Tag",
        "*Scheduler",
    ),
    ("github.com/gofiber/fiber/v2 github.com/gofiber/fiber/v3", "New", "*App"),
    ("github.com/gofiber/fiber/v2 github.com/gofiber/fiber/v3", "App|Group|Router.Group|Route", "Router"),
    ("github.com/gorilla/mux", "NewRouter", "*Router"),
    ("github.com/gorilla/mux", "Router|Route.Host|Methods|Name|Path|PathPrefix|Queries|Schemes", "*Route"),
    ("github.com/gorilla/mux", "Router.Handle|HandleFunc|NewRoute", "*Route"),
    ("github.com/gorilla/mux", "Route.Subrouter", "*Router"),
    ("github.com/hibiken/asynq", "NewServeMux", "*ServeMux"),
    ("github.com/hibiken/asynq", "NewServer", "*Server"),
    ("github.com/IBM/sarama github.com/Shopify/sarama", "NewConsumerGroup", "(ConsumerGroup, error)"),
    ("github.com/julienschmidt/httprouter", "New", "*Router"),
    (
        "github.com/labstack/echo github.com/labstack/echo/v4 github.com/labstack/echo/v5",
        "New",
        "*Echo",
    ),
    (
        "github.com/labstack/echo github.com/labstack/echo/v4 github.com/labstack/echo/v5",
        "Echo|Group.Group",
        "*Group",
    ),
    ("github.com/libp2p/go-libp2p", "New", "(github.com/libp2p/go-libp2p/core/host.Host, error)"),
    ("github.com/miekg/dns", "NewServeMux", "*ServeMux"),
    ("github.com/nats-io/nats.go", "Conn.JetStream", "(JetStreamContext, error)"),
    ("github.com/nats-io/nats.go", "Connect", "(*Conn, error)"),
    ("github.com/nats-io/nats.go", "NewEncodedConn", "(*EncodedConn, error)"),
    ("github.com/nats-io/nats.go/jetstream", "New", "(JetStream, error)"),
    ("github.com/nats-io/nats.go/micro", "AddService", "(Service, error)"),
    ("github.com/nats-io/nats.go/micro", "Service|Group.AddGroup", "Group"),
    ("github.com/nsqio/go-nsq", "NewConsumer", "(*Consumer, error)"),
    ("github.com/olahol/melody", "New", "*Melody"),
    ("github.com/panjf2000/ants github.com/panjf2000/ants/v2", "NewPool", "(*Pool, error)"),
    ("github.com/pion/webrtc/v3 github.com/pion/webrtc/v4", "NewPeerConnection", "(*PeerConnection, error)"),
    ("github.com/prometheus/client_golang/prometheus", "NewRegistry|NewPedanticRegistry", "*Registry"),
    ("github.com/puzpuzpuz/xsync/v3 github.com/puzpuzpuz/xsync/v4", "NewRBMutex", "*RBMutex"),
    ("github.com/redis/go-redis/v9", "NewClient", "*Client"),
    ("github.com/redis/go-redis/v9", "NewClusterClient", "*ClusterClient"),
    ("github.com/redis/go-redis/v9", "NewRing", "*Ring"),
    ("github.com/redis/go-redis/v9", "NewUniversalClient", "UniversalClient"),
    ("github.com/robfig/cron github.com/robfig/cron/v3", "New", "*Cron"),
    ("github.com/sony/gobreaker", "NewCircuitBreaker", "*CircuitBreaker"),
    ("github.com/sourcegraph/conc", "NewWaitGroup", "*WaitGroup"),
    ("github.com/sourcegraph/conc/pool", "ErrorPool.WithContext", "*ContextPool"),
    ("github.com/sourcegraph/conc/pool", "New", "*Pool"),
    ("github.com/sourcegraph/conc/pool", "Pool.WithContext", "*ContextPool"),
    ("github.com/sourcegraph/conc/pool", "Pool.WithErrors", "*ErrorPool"),
    ("github.com/sourcegraph/conc/pool", "Pool.WithMaxGoroutines", "*Pool"),
    (
        "github.com/spf13/cobra",
        "Command.Flags|PersistentFlags|LocalFlags|InheritedFlags",
        "*github.com/spf13/pflag.FlagSet",
    ),
    ("github.com/spf13/viper", "New", "*Viper"),
    ("github.com/urfave/cli github.com/urfave/cli/v2", "NewApp", "*App"),
    ("github.com/urfave/negroni github.com/urfave/negroni/v3", "New|Classic", "*Negroni"),
    ("github.com/zeromicro/go-zero/rest", "MustNewServer", "*Server"),
    ("go.etcd.io/bbolt", "Open", "(*DB, error)"),
    ("go.temporal.io/sdk/worker", "New", "Worker"),
    ("golang.org/x/sync/errgroup", "WithContext", "(*Group, context.Context)"),
    ("google.golang.org/grpc", "NewServer", "*Server"),
    ("gopkg.in/telebot.v3 gopkg.in/telebot.v4", "Bot.Group", "*Group"),
    ("gopkg.in/telebot.v3 gopkg.in/telebot.v4", "NewBot", "(*Bot, error)"),
    ("gopkg.in/tomb.v2", "WithContext", "(*Tomb, context.Context)"),
    ("k8s.io/client-go/tools/cache", "NewSharedIndexInformer", "SharedIndexInformer"),
    ("k8s.io/client-go/tools/cache", "NewSharedInformer", "SharedInformer"),
    ("sigs.k8s.io/controller-runtime/pkg/manager", "New", "(Manager, error)"),
)


@cache
def module_results(symbol: str) -> tuple[Type, ...]:
    """The result types of a function `path.New` or method `path.Type.Method`; empty where unknown."""
    package, text = _texts().get(symbol, ("", ""))
    return parse_signature(f"func() {text}", package).type.results


@cache
def _texts() -> Mapping[str, tuple[str, str]]:
    """Import path, and what stands behind the parameters, by symbol."""
    return {
        f"{package}.{owner}.{name}" if owner else f"{package}.{name}": (package, text)
        for packages, words, text in _RESULTS
        for package, owner, name in spelt_out(packages, words)
    }
