"""The Markdown tables of serve.py's results."""
import itertools
import json
import statistics

import run as base

ORDER = ["prongsai", "before", "hugo", "hugo-memory", "hugo-full"]


def ms(values):
    """Median (min–max) of seconds, in ms; None is one that did not come in time."""
    values = list(values)
    good, late = [v * 1e3 for v in values if v is not None], sum(v is None for v in values)
    cell = base.spread(good, "{:,.0f}" if good and statistics.median(good) >= 20 else "{:.1f}")
    return cell + (f"; **{late} of {len(values)} timed out**" if late else "")


def mib(rows, key="rss_kib"):
    return base.spread([r[key] / 1024 for r in rows], "{:.0f}")


def where(rows, **want):
    return [r for r in rows if all(r[k] == v for k, v in want.items())]


def line(*cells):
    print("| " + " | ".join(str(c) for c in cells) + " |")


def head(title, *cells):
    print(f"\n{title}\n")
    line(*cells)
    print("|---" * len(cells) + "|")


def edits(rows, pages):
    rows = where(rows, kind="edit", pages=pages)
    tools = [t for t in ORDER if where(rows, tool=t)]
    head(f"Edit to served, {pages:,} pages: ms, median (min–max)", "edit → where it shows", *tools)

    def across(name, cell, **want):
        line(name, *(cell(where(rows, tool=t, **want)) for t in tools))
    served = lambda v: ms(r["seconds"] for r in v)
    for kind, shown in dict.fromkeys((r["edit"], r["shown"]) for r in rows):
        across(f"{kind} → {shown}", served, edit=kind, shown=shown)
    for way in ("replace", "in place"):
        across(f"page → page, written by: {way}", served, edit="page", shown="page", way=way)
    across("page → page, first edit of a process", served, edit="page", shown="page", first=True)
    across("edits of each kind", len, edit="page", shown="page")
    across("answers other than 200 meanwhile", lambda v: sum(r["bad"] for r in v))


def processes(rows, pages):
    head(f"The process, {pages:,} pages", "tool", "start s", "RSS after start MiB", "peak MiB", "idle CPU %",
         "CPU ms per page edit", "stale then", "other")
    for t in ORDER:
        start, idle, quiet, end = (where(rows, kind=k, tool=t, pages=pages) for k in ("start", "idle", "quiet", "end"))
        if not end:
            continue
        rate = sum(r["cpu"] for r in idle) / sum(r["window"] for r in idle) if idle else 0
        # the kernel counts by 10 ms, so the mean says more than the median
        cost = f"{statistics.mean(r['cpu'] - rate * r['window'] for r in quiet) * 1e3:.0f}" if quiet else "–"
        line(t, base.seconds(r["seconds"] for r in start), mib(start), mib(end, "peak_kib"), f"{rate * 100:.2f}" if idle else "–",
             cost, f"{sum(r['stale'] for r in quiet)} of {len(quiet)}", base.spread(r["other"] for r in end))


def saves(rows, sizes):
    at = sorted({r["saves"] for r in rows})
    head("RSS in MiB after saves of one page", "tool", "pages", *(f"{n:,}" for n in at), "saves/s", "timed out", "gave up")
    for pages, t in itertools.product(sizes, ORDER):
        if v := where(rows, tool=t, pages=pages):
            rate = max(r["saves"] / r["wall"] for r in v if r["saves"] == max(r["saves"] for r in v))
            line(t, f"{pages:,}", *(mib(where(v, saves=n)) for n in at), f"{rate:.1f}",
                 max(r["timeouts"] for r in v), "yes" if any(r["stopped"] for r in v) else "no")


def bursts(rows, sizes):
    head("Connections at once, while others read nothing", "tool", "pages", "stalled clients", "unanswered in time",
         "median of medians ms", "slowest ms", "RSS MiB")
    for pages, t, n in itertools.product(sizes, ORDER, sorted({r["stalled"] for r in rows})):
        if v := where(rows, tool=t, pages=pages, stalled=n):
            answered = [r for r in v if r["slowest"] is not None]
            line(t, f"{pages:,}", n, f"{sum(r['unanswered'] for r in v)} of {sum(r['asked'] for r in v)}",
                 ms(r["median"] for r in answered), f"{max(r['slowest'] for r in answered) * 1e3:.0f}" if answered else "–", mib(v))


def show(file):
    with open(file, encoding="utf-8") as f:
        rows = [json.loads(text) for text in f]
    sizes = sorted({r["pages"] for r in rows})
    for pages in sizes:
        if where(rows, kind="edit", pages=pages):
            edits(rows, pages)
            processes(rows, pages)
    for kind, table in (("saves", saves), ("burst", bursts)):
        if found := where(rows, kind=kind):
            table(found, sizes)
