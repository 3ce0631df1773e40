"""The callbacks of other well-known packages: goroutines, timers, Kubernetes, metrics, programs, data.

What `callbacks_servers` says of its rows holds here too.
"""

from __future__ import annotations

from typing import Final

_CRON = "github.com/robfig/cron github.com/robfig/cron/v3"
_CLI = "github.com/urfave/cli github.com/urfave/cli/v2"
_TEA = "github.com/charmbracelet/bubbletea charm.land/bubbletea/v2"
_ANTS = "github.com/panjf2000/ants github.com/panjf2000/ants/v2"
_RISTRETTO = "github.com/dgraph-io/ristretto github.com/dgraph-io/ristretto/v2"
_CACHES = "github.com/hashicorp/golang-lru github.com/hashicorp/golang-lru/v2"
_BIGCACHE = "github.com/allegro/bigcache github.com/allegro/bigcache/v3"

_GOROUTINES: Final[tuple[tuple[str, str, str], ...]] = (
    ("golang.org/x/sync/errgroup", "goroutine", "Group.Go|TryGo:0"),
    ("golang.org/x/sync/singleflight", "now", "Group.Do:1"),
    ("golang.org/x/sync/singleflight", "goroutine", "Group.DoChan:1"),
    ("golang.org/x/time/rate", "now", "Sometimes.Do:0"),
    ("github.com/sourcegraph/conc", "goroutine", "WaitGroup.Go:0"),
    (
        "github.com/sourcegraph/conc/pool",
        "goroutine",
        "Pool|ErrorPool|ContextPool|ResultPool|ResultErrorPool|ResultContextPool.Go:0",
    ),
    ("github.com/sourcegraph/conc/stream", "goroutine", "Stream.Go:0"),
    ("github.com/sourcegraph/conc/iter", "parallel", "ForEach|ForEachIdx|Map|MapErr:1"),
    ("github.com/sourcegraph/conc/iter", "parallel", "Iterator.ForEach|ForEachIdx:1 Mapper.Map|MapErr:1"),
    (_ANTS, "goroutine", "Submit:0 Pool.Submit:0"),
    (_ANTS, "concurrent", "NewPoolWithFunc:1"),
    ("github.com/alitto/pond", "goroutine", "WorkerPool.Submit|TrySubmit|SubmitBefore:0 TaskGroup.Submit:0"),
    ("github.com/alitto/pond", "now", "WorkerPool.SubmitAndWait:0"),
    (
        "github.com/alitto/pond/v2",
        "goroutine",
        "Pool|ResultPool.Submit|SubmitErr|TrySubmit|TrySubmitErr:0 Pool.Go:0",
    ),
    (
        "github.com/alitto/pond/v2",
        "goroutine",
        "TaskGroup|ResultTaskGroup.Submit|SubmitErr:0+ Submit|SubmitErr:0",
    ),
    ("github.com/gammazero/workerpool", "goroutine", "WorkerPool.Submit:0"),
    ("github.com/gammazero/workerpool", "now", "WorkerPool.SubmitWait:0"),
    ("gopkg.in/tomb.v2", "goroutine", "Tomb.Go:0"),
    ("github.com/oklog/run", "goroutine", "Group.Add:0"),
    ("github.com/oklog/run", "later", "Group.Add:1"),
    ("github.com/samber/lo", "goroutine", "Async|Async0|Async1|Async2:0"),
    ("github.com/samber/lo", "timer", "NewDebounce:1+"),
    ("github.com/samber/lo/parallel", "parallel", "ForEach|GroupBy|Map|PartitionBy|Times:1"),
    (
        "github.com/zeromicro/go-zero/core/threading",
        "goroutine",
        "GoSafe:0 GoSafeCtx:1 RoutineGroup.Run|RunSafe:0 TaskRunner.Schedule|ScheduleImmediately:0",
    ),
    ("github.com/zeromicro/go-zero/core/threading", "concurrent", "NewWorkerGroup:0"),
    ("github.com/zeromicro/go-zero/core/threading", "now", "RunSafe:0 RunSafeCtx:1"),
    (
        "github.com/zeromicro/go-zero/core/mr",
        "parallel",
        "Finish|FinishVoid:0+ ForEach|MapReduce|MapReduceVoid:1",
    ),
    (_CRON, "timer", "Cron.AddFunc|AddJob|Schedule:1 FuncJob:0"),
    ("github.com/go-co-op/gocron", "timer", "Scheduler.Do|DoWithJobDetails:0"),
    ("github.com/go-co-op/gocron/v2", "timer", "NewTask:0"),
    (
        "github.com/cenkalti/backoff github.com/cenkalti/backoff/v4",
        "now",
        "Retry|RetryNotify:0 RetryNotify:2",
    ),
    ("github.com/avast/retry-go github.com/avast/retry-go/v4", "now", "Do:0"),
    ("github.com/sony/gobreaker", "now", "CircuitBreaker.Execute:0"),
    ("github.com/sony/gobreaker", "later", "Settings.ReadyToTrip|OnStateChange|IsSuccessful"),
)

_KUBERNETES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "k8s.io/client-go/tools/cache",
        "goroutine",
        "SharedInformer|SharedIndexInformer.AddEventHandler|AddEventHandlerWithResyncPeriod:0"
        " ResourceEventHandlerFuncs|ResourceEventHandlerDetailedFuncs.AddFunc|UpdateFunc|DeleteFunc"
        " FilteringResourceEventHandler.FilterFunc|Handler NewInformer|NewIndexerInformer:3"
        " InformerOptions.Handler",
    ),
    ("k8s.io/client-go/tools/leaderelection", "goroutine", "LeaderCallbacks.OnStartedLeading|OnNewLeader"),
    ("k8s.io/client-go/tools/leaderelection", "later", "LeaderCallbacks.OnStoppedLeading"),
    ("k8s.io/client-go/util/retry", "now", "RetryOnConflict:1 OnError:2"),
    ("k8s.io/client-go/util/workqueue", "parallel", "ParallelizeUntil:3"),
    (
        "k8s.io/apimachinery/pkg/util/wait",
        "now",
        "Until|NonSlidingUntil|JitterUntil|Forever|BackoffUntil:0 ExponentialBackoff:1"
        " UntilWithContext|NonSlidingUntilWithContext|JitterUntilWithContext|BackoffUntilWithContext:1"
        " ExponentialBackoffWithContext:2 Poll|PollImmediate:2 PollUntil|PollImmediateUntil|PollInfinite:1"
        " PollUntilContextCancel:3 PollUntilContextTimeout:4",
    ),
    (
        "k8s.io/apimachinery/pkg/util/wait",
        "goroutine",
        "Group.Start:0 Group.StartWithContext|StartWithChannel:1",
    ),
    ("sigs.k8s.io/controller-runtime/pkg/reconcile", "goroutine", "Func:0"),
    ("sigs.k8s.io/controller-runtime/pkg/manager", "goroutine", "Manager.Add:0 RunnableFunc:0"),
    ("sigs.k8s.io/controller-runtime/pkg/manager", "concurrent", "Manager.AddHealthzCheck|AddReadyzCheck:1"),
    (
        "sigs.k8s.io/controller-runtime/pkg/handler",
        "goroutine",
        "EnqueueRequestsFromMapFunc|TypedEnqueueRequestsFromMapFunc|MapFunc:0"
        " Funcs|TypedFuncs.CreateFunc|UpdateFunc|DeleteFunc|GenericFunc",
    ),
    (
        "sigs.k8s.io/controller-runtime/pkg/predicate",
        "goroutine",
        "NewPredicateFuncs|NewTypedPredicateFuncs:0"
        " Funcs|TypedFuncs.CreateFunc|UpdateFunc|DeleteFunc|GenericFunc",
    ),
    ("sigs.k8s.io/controller-runtime/pkg/webhook/admission", "concurrent", "HandlerFunc:0 Webhook.Handler"),
)

_OBSERVABILITY: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "github.com/prometheus/client_golang/prometheus",
        "concurrent",
        "NewGaugeFunc|NewCounterFunc|NewUntypedFunc:1 CollectorFunc|GathererFunc|Register:0"
        " MustRegister:0+ Registry|Registerer.Register:0 Registry|Registerer.MustRegister:0+",
    ),
    (
        "github.com/prometheus/client_golang/prometheus/promauto",
        "concurrent",
        "NewGaugeFunc|NewCounterFunc|NewUntypedFunc:1 Factory.NewGaugeFunc|NewCounterFunc|NewUntypedFunc:1",
    ),
    (
        "go.opentelemetry.io/otel/metric",
        "concurrent",
        "WithInt64Callback|WithFloat64Callback:0 Meter.RegisterCallback:0",
    ),
    (
        "github.com/sirupsen/logrus",
        "concurrent",
        "AddHook|SetFormatter:0 Logger.AddHook|SetFormatter:0 Logger.Formatter",
    ),
    ("go.uber.org/zap", "concurrent", "Hooks:0+"),
    ("go.uber.org/zap/zapcore", "concurrent", "RegisterHooks:1+"),
)

_PROGRAMS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "github.com/spf13/cobra",
        "once",
        "Command.Run|RunE|PreRun|PreRunE|PostRun|PostRunE|PersistentPreRun|PersistentPreRunE"
        "|PersistentPostRun|PersistentPostRunE|Args OnInitialize|OnFinalize:0+",
    ),
    ("github.com/spf13/viper", "goroutine", "OnConfigChange:0 Viper.OnConfigChange:0"),
    (_CLI, "once", "App|Command.Action|Before|After|OnUsageError ActionFunc|BeforeFunc|AfterFunc:0"),
    (
        "github.com/urfave/cli/v3",
        "once",
        "Command.Action|Before|After|OnUsageError ActionFunc|BeforeFunc|AfterFunc:0",
    ),
    ("go.uber.org/fx", "once", "Invoke|Provide:0+ Hook.OnStart|OnStop StartHook|StopHook:0"),
    (_TEA, "goroutine", "Tick|Every:1 Batch|Sequence:0+ Cmd:0"),
    (_TEA, "later", "NewProgram|WithFilter:0"),
)

_DATA: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "github.com/redis/go-redis/v9",
        "now",
        "Client|ClusterClient|Ring|UniversalClient|Cmdable.Pipelined|TxPipelined:1",
    ),
    ("github.com/redis/go-redis/v9", "now", "Client|ClusterClient|Ring|UniversalClient.Watch:1"),
    ("github.com/redis/go-redis/v9", "parallel", "ClusterClient.ForEachMaster|ForEachSlave|ForEachShard:1"),
    ("github.com/redis/go-redis/v9", "parallel", "Ring.ForEachShard:1"),
    ("github.com/redis/go-redis/v9", "concurrent", "Options|ClusterOptions|RingOptions.OnConnect|Dialer"),
    ("gorm.io/gorm", "now", "DB.Transaction|Connection|ToSQL:0 DB.FindInBatches:2"),
    ("gorm.io/gorm", "later", "DB.Scopes:0+"),
    ("go.etcd.io/bbolt", "now", "DB.Update|View|Batch:0 Bucket.ForEach|ForEachBucket:0 Tx.ForEach:0"),
    ("go.etcd.io/bbolt", "later", "Tx.OnCommit:0"),
    ("github.com/dgraph-io/badger/v4", "now", "DB.Update|View:0 Item.Value:0 DB.Subscribe:1"),
    ("github.com/dgraph-io/badger/v4", "goroutine", "Txn.CommitWith:0"),
    (
        "github.com/puzpuzpuz/xsync github.com/puzpuzpuz/xsync/v3",
        "now",
        "Map|MapOf.Range:0 Map|MapOf.LoadOrCompute:1",
    ),
    ("github.com/puzpuzpuz/xsync/v3", "now", "Map|MapOf.LoadOrTryCompute|Compute:1"),
    (
        "github.com/puzpuzpuz/xsync/v4",
        "now",
        "Map.Range|RangeRelaxed|DeleteMatching:0 Map.LoadOrCompute|Compute:1",
    ),
    (
        "github.com/orcaman/concurrent-map github.com/orcaman/concurrent-map/v2",
        "now",
        "ConcurrentMap.IterCb:0 ConcurrentMap.RemoveCb:1 ConcurrentMap.Upsert:2",
    ),
    (
        "github.com/google/btree",
        "now",
        "BTree|BTreeG.Ascend|Descend:0"
        " BTree|BTreeG.AscendGreaterOrEqual|AscendLessThan|DescendGreaterThan|DescendLessOrEqual:1"
        " BTree|BTreeG.AscendRange|DescendRange:2",
    ),
    (
        "github.com/tidwall/btree",
        "now",
        "Map|Set|BTreeG.Scan|Reverse:0 Map|Set|BTree|BTreeG.Ascend|Descend:1",
    ),
    (_CACHES, "later", "NewWithEvict:1"),
    (f"{_CACHES.split()[0]}/simplelru {_CACHES.split()[1]}/simplelru", "later", "NewLRU:1 EvictCallback:0"),
    ("github.com/hashicorp/golang-lru/v2/expirable", "concurrent", "NewLRU:1 EvictCallback:0"),
    ("github.com/golang/groupcache", "concurrent", "NewGroup:2 GetterFunc:0"),
    ("github.com/golang/groupcache/lru", "later", "Cache.OnEvicted"),
    ("github.com/patrickmn/go-cache", "concurrent", "Cache.OnEvicted:0"),
    (
        "github.com/jellydator/ttlcache/v3",
        "concurrent",
        "Cache.OnEviction|OnInsertion:0 LoaderFunc:0 WithLoader:0",
    ),
    ("github.com/jellydator/ttlcache/v3", "now", "Cache.Range:0"),
    ("github.com/karlseguin/ccache/v3", "now", "Cache.Fetch:2 Cache.ForEachFunc|DeleteFunc:0"),
    ("github.com/karlseguin/ccache/v3", "goroutine", "Configuration.OnDelete:0"),
    (_RISTRETTO, "concurrent", "Config.OnEvict|OnReject|OnExit|Cost|KeyToHash"),
    (_BIGCACHE, "later", "Config.OnRemove|OnRemoveWithReason"),
    (
        "golang.org/x/exp/slices",
        "now",
        "BinarySearchFunc|CompareFunc|EqualFunc:2"
        " CompactFunc|ContainsFunc|DeleteFunc|IndexFunc|IsSortedFunc|MaxFunc|MinFunc|SortFunc"
        "|SortStableFunc:1",
    ),
    ("golang.org/x/exp/maps", "now", "DeleteFunc:1 EqualFunc:2"),
    (
        "github.com/samber/lo",
        "now",
        "Associate|ContainsBy|CountBy|EveryBy|Filter|FilterMap|Find|FindKeyBy|FlatMap|ForEach|GroupBy"
        "|KeyBy|Map|MapEntries|MapKeys|MapToSlice|MapValues|MaxBy|MinBy|NoneBy|OmitBy|PartitionBy|PickBy"
        "|Reduce|ReduceRight|Reject|SliceToMap|SomeBy|SumBy|Times|UniqBy|Attempt:1 Try:0",
    ),
)

LIBRARIES: Final = (*_GOROUTINES, *_KUBERNETES, *_OBSERVABILITY, *_PROGRAMS, *_DATA)

IN_TURN: Final = frozenset(
    f"k8s.io/client-go/tools/cache.{name}"
    for name in ("ResourceEventHandlerFuncs", "ResourceEventHandlerDetailedFuncs")
)
"""Structs of functions that a library runs one after another, in one goroutine for each such struct."""
