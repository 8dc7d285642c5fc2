#!/usr/bin/env python3
"""Builds the invented site of generate.py with prongsai, Hugo and the floor, and times it.

    BENCH_PRONGSAI=target/release/prongsai BENCH_HUGO=.../hugo \\
    python3 benches/run.py run --pages 1000,10000 --rounds 5 --out-root /dev/shm/bench
    python3 benches/run.py table RESULTS.jsonl

Rounds of A B C, B C A, C A B: a cold build into a new folder each, one process
each, started by this one.  Right after its cold build, prongsai builds again
with nothing changed (no-op), then with one page's text changed (edit).  Wall is
a monotonic clock around the process; user, system and peak memory are the
kernel's accounting of the child (wait4; a peak below this runner's own, about
15 MiB, can't be seen).  `other` is the share of the machine's cores that
everything else used meanwhile.  Results are appended as one JSON object a line.
Standard library only; Linux.
"""
import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
E = os.environ.get
TODAY = "2569-11-21"
EDITED = "a0001/2565/o12"
TICK = os.sysconf("SC_CLK_TCK")
CORES = len(os.sched_getaffinity(0))

TOOLS = {
    "prongsai": ("prongsai", E("BENCH_PRONGSAI", "target/release/prongsai"),
                 ["build", "--root", "{src}", "--output", "{out}", "--today", TODAY, "--format", "json"]),
    # a second prongsai, such as the one of the last release
    "before": ("prongsai", E("BENCH_BEFORE"),
               ["build", "--root", "{src}", "--output", "{out}", "--today", TODAY, "--format", "json"]),
    "hugo": ("hugo", E("BENCH_HUGO"), ["--source", "{src}", "--destination", "{out}", "--logLevel", "warn"]),
    "floor": ("prongsai", E("BENCH_FLOOR"), ["{src}", "{out}"]),
}
AGAIN = ("prongsai", "before")


def source(tool, pages, work):
    flavour = TOOLS[tool][0]
    folder = os.path.join(work, f"{pages}-{flavour}")
    if not os.path.exists(folder):
        os.makedirs(work, exist_ok=True)
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), "--pages", str(pages), "--flavour", flavour,
                        "--out", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def warm(folder):
    for d, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(d, name), "rb") as f:
                f.read()


def busy():
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return (sum(v) - v[3] - v[4]) / TICK


def timed(tool, src, out):
    argv = [TOOLS[tool][1]] + [a.format(src=src, out=out) for a in TOOLS[tool][2]]
    with tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as err:
        b0, t0 = busy(), time.perf_counter()
        p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=err)
        _, status, usage = os.wait4(p.pid, 0)
        wall = time.perf_counter() - t0
        other = max(0.0, (busy() - b0 - usage.ru_utime - usage.ru_stime) / wall / CORES)
        p.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        text = log.read()
        if p.returncode:
            err.seek(0)
            sys.exit(f"{' '.join(argv)}\nexit {p.returncode}\n{(text + err.read()).decode(errors='replace')[-3000:]}")
    row = dict(wall=wall, user=usage.ru_utime, sys=usage.ru_stime, peak_kib=usage.ru_maxrss,
               other=round(other, 3), load=round(os.getloadavg()[0], 2))
    if tool in AGAIN:
        report = json.loads(text)
        if report["diagnostics"]:
            sys.exit(f"{tool} has messages: {json.dumps(report['diagnostics'], ensure_ascii=False)[:3000]}")
        row["outcome"] = report["outcome"]
        row["written"] = report.get("written")
        row["stages"] = {t["stage"]: t["milliseconds"] for t in report["timings"]}
    return row


def count(out):
    html = size = 0
    for d, _, names in os.walk(out):
        for name in names:
            if name.endswith(".html"):
                html, size = html + 1, size + os.path.getsize(os.path.join(d, name))
    return dict(html=html, html_bytes=size)


def plain(text):
    """The words of Markdown or HTML alone, to compare outputs with sources."""
    text = re.sub(r"<[^>]*>", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[\s|*#>-]+|\d+\. |:-+:?", "", text)


def missing(src, out, pages):
    """Sampled pages whose title or first and last paragraphs are not in the output."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, HERE)
    import generate
    bad = []
    plan = list(generate.plan(pages))
    for a, y, it in random.Random(1).sample(plan, min(20, len(plan))):
        p = generate.make_page(generate.SEED, a, y, it, "index.md")
        file = os.path.join(out, p.path, "index.html")
        words = plain(open(file, encoding="utf-8").read()) if os.path.exists(file) else ""
        blocks = p.body.strip().split("\n\n")
        if not all(plain(w) in words for w in (p.title, blocks[0], blocks[-1])):
            bad.append(p.path)
    return bad


def emit(a, **row):
    row["time"] = time.strftime("%H:%M:%S")
    with open(a.results, "a", encoding="utf-8") as f:
        f.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{row['kind']:5} {row['tool']:9} {row['pages']:7} round {row['round']} wall {row['wall']:.3f} cpu "
          f"{row['user'] + row['sys']:.3f} peak {row['peak_kib'] / 1024:.0f} MiB other {row['other']:.2f}", flush=True)


def one(a, tool, pages, number):
    src = source(tool, pages, a.work)
    top = tempfile.mkdtemp(prefix="bench-", dir=a.out_root)
    out = os.path.join(top, "site")
    try:
        if tool == "floor":
            os.mkdir(out)
        extra = {}
        row = timed(tool, src, out)
        if number == 0:
            extra = count(out)
            # in a process of its own, so that this one stays small
            text = subprocess.run([sys.executable, __file__, "check", src, out, str(pages)], check=True,
                                  capture_output=True, text=True).stdout
            extra["missing"] = json.loads(text)
            if extra["missing"]:
                sys.exit(f"{tool}: words are missing in {extra['missing']}")
        emit(a, kind="cold", tool=tool, pages=pages, round=number, **row, **extra)
        if tool not in AGAIN:
            return
        emit(a, kind="noop", tool=tool, pages=pages, round=number, **timed(tool, src, out))
        file = os.path.join(src, "content", "pages", EDITED + ".md")
        with open(file, "rb") as f:
            old = f.read()
        try:
            with open(file, "ab") as f:
                f.write(f"\nแก้ไข {time.time_ns()}\n".encode())
            emit(a, kind="edit", tool=tool, pages=pages, round=number, **timed(tool, src, out))
        finally:
            with open(file, "wb") as f:
                f.write(old)
    finally:
        shutil.rmtree(top, ignore_errors=True)


def run(a):
    os.makedirs(a.out_root, exist_ok=True)
    tools = [t for t in a.tools or TOOLS if TOOLS[t][1]]
    for pages in a.pages:
        for tool in tools:
            warm(source(tool, pages, a.work))
        for number in range(a.rounds):
            at = number % len(tools)
            for tool in tools[at:] + tools[:at]:
                one(a, tool, pages, number)
    table(a.results)


# --------------------------------------------------------------------- tables
def spread(values, form="{:.2f}"):
    v = sorted(values)
    return f"{form.format(statistics.median(v))} ({form.format(v[0])}–{form.format(v[-1])})" if v else "–"


def seconds(values):
    values = list(values)
    return spread(values, "{:.3f}" if values and statistics.median(values) < 1 else "{:.2f}")


def paired(rows, base):
    of = {r["round"]: r["wall"] for r in base}
    return spread(r["wall"] / of[r["round"]] for r in rows if r["round"] in of)


def table(file):
    with open(file, encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    sizes = sorted({r["pages"] for r in rows})
    pick = lambda kind, tool, pages: [r for r in rows if (r["kind"], r["tool"], r["pages"]) == (kind, tool, pages)]
    median = lambda rows, f: statistics.median(f(r) for r in rows)
    for pages in sizes:
        cold = [t for t in TOOLS if pick("cold", t, pages)]
        print(f"\nCold build, {pages:,} pages: median (min–max)\n")
        print("| tool | wall s | user+sys s | pages/s | peak MiB | KiB a page | to the floor | to Hugo | HTML files, MB | runs | other |")
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for t in sorted(cold, key=lambda t: median(pick("cold", t, pages), lambda r: r["wall"])):
            v = pick("cold", t, pages)
            made = next((f"{r['html']:,}, {r['html_bytes'] / 1e6:.1f}" for r in v if "html" in r), "–")
            print(f"| {t} | {seconds(r['wall'] for r in v)} | {seconds(r['user'] + r['sys'] for r in v)} "
                  f"| {pages / median(v, lambda r: r['wall']):,.0f} | {spread([r['peak_kib'] / 1024 for r in v], '{:.0f}')} "
                  f"| {median(v, lambda r: r['peak_kib']) / pages:.1f} "
                  f"| {paired(v, pick('cold', 'floor', pages))} | {paired(v, pick('cold', 'hugo', pages))} "
                  f"| {made} | {len(v)} | {median(v, lambda r: r['other']):.2f} |")
    for t in AGAIN:
        if not any(r["tool"] == t for r in rows):
            continue
        print(f"\nBuilding again, {t}\n\n| pages | cold s | no-op s | one page edited s | no-op peak MiB |\n|---|---|---|---|---|")
        for pages in sizes:
            c, n, e = (pick(k, t, pages) for k in ("cold", "noop", "edit"))
            if n:
                print(f"| {pages:,} | {seconds(r['wall'] for r in c)} | {seconds(r['wall'] for r in n)} "
                      f"| {seconds(r['wall'] for r in e)} | {median(n, lambda r: r['peak_kib']) / 1024:.0f} |")
        for kind, name in (("cold", "cold"), ("noop", "no-op"), ("edit", "one page edited")):
            v = {p: pick(kind, t, p) for p in sizes if pick(kind, t, p)}
            names = list(dict.fromkeys(s for p in v for r in v[p] for s in r["stages"]))
            print(f"\nStages of {t}, {name}: median ms (µs a page)\n\n| stage | " + " | ".join(f"{p:,}" for p in v) + " |")
            print("|---" * (len(v) + 1) + "|")
            for s in names:
                cells = []
                for p in v:
                    ms = statistics.median(r["stages"].get(s, 0.0) for r in v[p])
                    cells.append(f"{ms:,.1f} ({ms * 1e3 / p:.1f})")
                print(f"| {s} | " + " | ".join(cells) + " |")
    print("\nGrowth: wall µs a page / CPU µs a page / peak KiB a page\n\n| tool | " + " | ".join(f"{p:,}" for p in sizes) + " |")
    print("|---" * (len(sizes) + 1) + "|")
    for t in TOOLS:
        cells = []
        for p in sizes:
            v = pick("cold", t, p)
            cells.append(f"{median(v, lambda r: r['wall']) * 1e6 / p:.0f} / {median(v, lambda r: r['user'] + r['sys']) * 1e6 / p:.0f} / "
                         f"{median(v, lambda r: r['peak_kib']) / p:.1f}" if v else "–")
        if set(cells) != {"–"}:
            print(f"| {t} | " + " | ".join(cells) + " |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="what", required=True)
    r = sub.add_parser("run")
    temp = os.path.join(tempfile.gettempdir(), "prongsai-bench")
    r.add_argument("--pages", type=lambda s: [int(x) for x in s.split(",")], default=[1000, 10000])
    r.add_argument("--tools", type=lambda s: s.split(","))
    r.add_argument("--rounds", type=int, default=5)
    r.add_argument("--work", default=os.path.join(temp, "sources"), help="where the sources are made, once")
    r.add_argument("--out-root", default=os.path.join(temp, "out"), help="where outputs go; on a tmpfs the disk has no part")
    r.add_argument("--results", default=os.path.join(temp, "results.jsonl"))
    t = sub.add_parser("table")
    t.add_argument("results")
    c = sub.add_parser("check")
    c.add_argument("src")
    c.add_argument("out")
    c.add_argument("pages", type=int)
    a = ap.parse_args()
    if a.what == "run":
        run(a)
    elif a.what == "table":
        table(a.results)
    else:
        print(json.dumps(missing(a.src, a.out, a.pages)))


if __name__ == "__main__":
    main()
