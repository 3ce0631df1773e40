"""Libraries of metrics, whose registries keep one series for every set of labels. Tables only."""

from __future__ import annotations

import re

SERIES = re.compile(
    r"^(?:github\.com/prometheus/client_golang/prometheus\.(?:(?:Counter|Gauge|Histogram|Summary)(?:Vec)?|Observer|Metric)"
    r"|github\.com/VictoriaMetrics/metrics\.(?:Counter|FloatCounter|Gauge|Histogram|Summary)"
    r"|github\.com/go-kit/(?:kit|log)/metrics\.(?:Counter|Gauge|Histogram)"
    r"|github\.com/rcrowley/go-metrics\.(?:Counter|Gauge|Histogram|Meter|Timer)"
    r"|go\.opentelemetry\.io/otel/metric\.(?:MeasurementOption|RecordOption|AddOption))$"
)
"""Types of one series, of all series of a name, or of what one is recorded with.

Labels by themselves are none: they are kept so that their series can be deleted.
"""

OF_LABELS = frozenset(
    ("WithLabelValues", "GetMetricWithLabelValues", "GetMetricWith", "CurryWith", "MustCurryWith")
)
"""Methods that give the series of some labels, whatever the type is called."""
