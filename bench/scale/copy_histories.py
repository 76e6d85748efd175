"""Multiplies a workflow that is asleep in the SQLite file of a Temporal dev server that is stopped.

In Python, since it brings SQLite along and Node does so only from 22.5 on. Rows hold protobuf, which stays valid when
bytes are replaced by as many others: all numbers have as many digits, all instants the same spelling. The server has
one shard. What is under way or over is not copied. Asked by JSON on standard input, as `copied-histories.ts` says it.
"""

import json
import sqlite3
import sys
import uuid
from datetime import datetime, timezone

OF_A_WORKFLOW = {
    "executions": "workflow_id = :id",
    "current_executions": "workflow_id = :id",
    "timer_info_maps": "workflow_id = :id",
    "history_tree": "tree_id = :run",
    "history_node": "tree_id = :run",
    "timer_tasks": "instr(data, :timerOfRun)",
    "executions_visibility": "workflow_id = :id",
}
# The server numbers tasks from a multiple of this on, anew each time it starts: these come long after those it has given.
TASKS_OF_A_START = 1 << 20
HALF = TASKS_OF_A_START >> 1
# Follows the run in a task: its kind is that of a timer which the workflow has set.
USER_TIMER = b"\x20\x0e"


def varint(value):
    encoded = b""
    while value > 0x7F:
        encoded += bytes([value & 0x7F | 0x80])
        value >>= 7
    return encoded + bytes([value])


def seconds(instant):
    return int(datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def spelt(second):
    return datetime.fromtimestamp(second, timezone.utc).strftime("%Y-%m-%d %H:%M:%S").encode()


def replaced(value, pairs):
    for old, new in pairs:
        if isinstance(value, bytes):
            value = value.replace(old, new)
        elif isinstance(value, str):
            value = value.encode().replace(old, new).decode()
    return value


def pairs_of(asked, run, rings, number):
    old, new = str(asked["number"]), str(number)
    owner = str(asked["firstOwner"] + number % asked["owners"])
    wakes, wake = asked["wakesAt"], asked["wakeAt"]
    # As the server's own, each comes after the one before: so indexes grow at their end.
    run_of_copy = uuid.UUID(int=run.int + number - asked["number"])
    yield run.bytes, run_of_copy.bytes
    yield str(run).encode(), str(run_of_copy).encode()
    yield f"bench-{old}".encode(), f"bench-{new}".encode()
    for who in "ao":
        yield f'{who}{old}'.encode(), f"{who}{owner}".encode()
    if wakes != wake:
        yield wakes.encode(), wake.encode()
        # It rings later than it should by as long as the task took that set it.
        rings_then = rings + seconds(wake) - seconds(wakes)
        yield spelt(rings), spelt(rings_then)
        yield b"\x08" + varint(rings), b"\x08" + varint(rings_then)


def main(file, asked):
    db = sqlite3.connect(file, isolation_level=None)
    db.text_factory = str
    db.execute("pragma journal_mode = off")
    db.execute("pragma synchronous = off")
    db.execute("pragma cache_size = -500000")
    (run_bytes,) = db.execute("select run_id from current_executions where workflow_id = ?", [asked["id"]]).fetchone()
    run = uuid.UUID(bytes=run_bytes)
    named = {"id": asked["id"], "run": run_bytes, "timerOfRun": str(run).encode() + USER_TIMER}
    if db.execute("select 1 from activity_info_maps where workflow_id = :id", named).fetchone():
        raise SystemExit(f"{asked['id']} has an activity under way: it is not asleep.")
    originals = []
    for table, where in OF_A_WORKFLOW.items():
        columns = [row[1] for row in db.execute(f"pragma table_xinfo({table})") if row[6] == 0]
        rows = db.execute(f"select {', '.join(columns)} from {table} where {where}", named).fetchall()
        if not rows:
            raise SystemExit(f"{asked['id']} has no row in {table}: it is not asleep, or this server has another schema.")
        insert = f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        task = columns.index("task_id") if "task_id" in columns else None
        originals.append((insert, rows, task))
    timer = f"select visibility_timestamp from timer_tasks where {OF_A_WORKFLOW['timer_tasks']}"
    ((rings_at,),) = db.execute(timer, named).fetchall()
    rings = seconds(rings_at[:19].replace(" ", "T") + "Z")
    db.execute("begin")
    for number in range(asked["from"], asked["to"] + 1):
        pairs = list(pairs_of(asked, run, rings, number))
        for insert, rows, task in originals:
            for row in rows:
                copy = [replaced(value, pairs) for value in row]
                if task is not None:
                    numbered = row[task] // TASKS_OF_A_START * TASKS_OF_A_START + HALF + number - asked["number"]
                    data = [b"\x50" + varint(each) for each in (row[task], numbered)]
                    copy = [value.replace(*data) if isinstance(value, bytes) else value for value in copy]
                    copy[task] = numbered
                db.execute(insert, copy)
    db.execute("commit")


main(sys.argv[1], json.load(sys.stdin))
