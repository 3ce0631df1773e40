"""What the words in names say of a map's keys and entries: things that come and go, or a set the program fixes.

Tables only. A name is read as a Go programmer reads it: `jobType` is a type, `remoteAddr` an address, `userID` a user.
Words that say neither, and words that may be either, are in no table.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMING_AND_GOING = _words("""
    account addr address attempt blob block bucket call chan checksum cid client conn connection consumer container
    cookie customer digest dir directory domain download email endpoint epoch etag execution file filename
    fingerprint flight fqdn game goroutine guest guid hash height hostname id inflight instance invocation ip job
    lease limiter lobby lock login lsn mac match member message msg neighbor neighbour nick nonce object offset oid
    operation order outstanding packet page path peer pending pid player pod prefix process producer query remote
    reply req request response room round run sandbox seen seq sequence serial session sid socket span stream sub
    subject subscriber subscription tab task tenant thread ticket timer token trace transaction transfer tx txn uid
    ulid upload uri url user uuid view visit visitor waiter watch watcher workflow xid
""")
"""Heads of names of what every client, message, job or object brings along."""

PROGRAM_TEXT = _words("""
    action alias attr attribute builder callback capability category cb cfg class cmd code codec collector color
    column command conf config const constant constructor conv converter creator currency decoder default desc
    descriptor driver encoder encoding enum env environment ext extension factory feature field flag fn format
    formatter func getter gvk gvr handler hook interceptor keyword kind lang language level locale mapper marshaler
    method metric middleware migration mime mode module op opcode operator opt option package parser permission
    phase pkg plugin policy proto protocol provider registry role rule schema scheme section setter setting severity
    stage state status step symbol syscall tag template theme typ type unit validator verb version
""")
"""Heads of names of what program text, its build or its configuration fixes."""

INSTALLED = _words("""
    az cell chain cluster datacenter datasource dc group idc keyspace member partition rack region replica shard
    store subnet tier zone
""")
"""Heads of names of the parts of an installation: there are few, and they stay, whether they have ids or not."""

PASSING = _words("b64 bytes hex idx key name no num number ptr raw ref str string text the val value")
"""Last words that speak of the one before them: `tenantName`, `sessionKey`."""

SHORT_FORMS = {
    "addr": "address",
    "chan": "channel",
    "conn": "connection",
    "dir": "directory",
    "msg": "message",
    "op": "operation",
    "req": "request",
    "seq": "sequence",
    "sub": "subscription",
    "tx": "transaction",
    "txn": "transaction",
    "uid": "user",
    "pid": "process",
    "sid": "session",
    "subscriber": "subscription",
}
"""Words that are written in two ways for one thing, by the shorter."""

GENERAL = _words("a b c ctx e elem element entry i item k n o obj p s t v value x")
"""Names that stand for anything."""

TRANSIENT = _words("""
    backoff building busy deferred dirty err error fail failed failure inflight outstanding pending queued retry running
    timeout timer waiting
""")
"""Words in the names of maps that hold what is under way: leaving one says nothing of an end."""

TESTING = _words("demo dummy example fake mock mocked simulated stub test tester testing testonly")
"""Words in the names of files, types and functions that serve tests."""
