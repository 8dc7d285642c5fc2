#!/usr/bin/env python3
"""Times the live preview of prongsai beside `hugo server`, on the site of generate.py.

    BENCH_PRONGSAI=target/release/prongsai BENCH_HUGO=.../hugo \\
    python3 benches/serve.py run --pages 100,1000,10000 --results serve.jsonl
    python3 benches/serve.py saves --pages 1000 --saves 1000 --results serve.jsonl
    python3 benches/serve.py burst --pages 1000 --results serve.jsonl
    python3 benches/serve.py table serve.jsonl

run: rounds of A B C, B C A, C A B; in each every tool gets a fresh copy of the
site and a fresh process: start, idle (first round), edits, edits that nobody
polls for (their CPU).  saves: memory while one page is saved again and again.
burst: many connections at once while others stall.  All on loopback, bounded;
servers end with this process, however it ends.  Results are appended as one
JSON object a line.  Standard library only; Linux.
"""
import argparse
import concurrent.futures
import contextlib
import ctypes
import http.client
import itertools
import json
import os
import random
import re
import selectors
import shutil
import signal
import socket
import statistics
import string
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import generate
import run as base
import serve_table

NOW, E = time.perf_counter, os.environ.get
EVERY, LATER, START_LIMIT = .002, .010, 120      # between two polls: in the first second, after it
STALLED, CONNECTIONS, BURSTS, ANSWER_LIMIT, BIG = 8, 24, 20, 2.0, 16 << 20
RSS_AT, WAYS = (0, 100, 250, 500, 1000), ("replace", "in place")
ADDRESS = "99 ถนนสมมุติ ตำบลสมมุติ อำเภอสมมุติ จังหวัดตัวอย่าง"
THEME = os.path.join(base.HERE, "../themes/default/templates/base.html")
PRONGSAI = ["serve", "--root", "{src}", "--port", "{port}"]
HUGO = ["server", "--source", "{src}", "--bind", "127.0.0.1", "--port", "{port}", "--logLevel", "warn"]
TOOLS = {
    "prongsai": ("prongsai", E("BENCH_PRONGSAI", "target/release/prongsai"), PRONGSAI),
    "before": ("prongsai", E("BENCH_BEFORE"), PRONGSAI),
    "hugo": ("hugo", E("BENCH_HUGO"), HUGO),
    "hugo-memory": ("hugo", E("BENCH_HUGO"), HUGO + ["--renderToMemory"]),
    # all outputs at each edit; without it Hugo leaves out what no browser asked for, feeds too
    "hugo-full": ("hugo", E("BENCH_HUGO"), HUGO + ["--disableFastRender"]),
}


class Site:
    """A copy of the site for one server, and its edits."""

    def __init__(self, tool, pages, a, top):
        self.flavour, self.src, self.old, self.nth = TOOLS[tool][0], os.path.join(top, "site"), {}, 0
        shutil.copytree(base.source(self.flavour, pages, a.work), self.src)
        paths = [f"{generate.agency_slug(g)}/{generate.YEARS[y]}/o{it + 1:02d}" for g, y, it in generate.plan(pages)]
        self.year, self.others = paths[:generate.ITEMS], paths[generate.ITEMS:]
        random.Random(pages).shuffle(self.others)
        # each page's footer shows a word of the template and, from a data file, the address
        if self.flavour == "prongsai":
            self.pages, self.data, self.theme = "content/pages/", "content/site.toml", "themes/bench/templates/base.html"
            data, template = self.read(self.data).replace("[site]\n", '[site]\ntheme = "bench"\n', 1), self.read(THEME)
        else:
            self.pages, self.data, self.theme = "content/", "data/agency.toml", "layouts/baseof.html"
            data = f'address = "{ADDRESS}"\n'
            template = self.read(self.theme).replace(ADDRESS, "{{ hugo.Data.agency.address }}", 1)
        self.put(self.data, data)
        self.put(self.theme, template.replace("</footer>", "<p>[[MARK]]</p></footer>", 1))
        self.news = sorted(n for n in os.listdir(os.path.join(self.src, "content/news")) if "news-" in n)

    def read(self, path):
        with open(os.path.join(self.src, path), encoding="utf-8") as f:
            return f.read()

    def put(self, path, text):
        path = os.path.join(self.src, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)

    def edit(self, kind):
        """The next edit: file, its new text, {where it must show: (address, words)}."""
        self.nth += 1
        word = "zq" + "".join(random.choices(string.ascii_lowercase, k=12))     # no digits: nothing to mask
        page, news = self.year[4 + self.nth % 24], self.news[self.nth % len(self.news)]
        titled = lambda old: re.sub(r'^(title = "[^"]*)"', rf'\1 {word}"', old, count=1, flags=re.M)
        if kind == "page":
            file, change = self.pages + page + ".md", lambda old: titled(old) + f"\nแก้ไข {word}body\n"
            shown = {"page": (f"/{page}/", [word + "<", word + "body"]), "list": (f"/{os.path.dirname(page)}/", [word])}
        elif kind == "news":
            file, change = "content/news/" + news, titled
            shown = {"page": (f"/news/{news[:-3]}/", [word]), "feed": ("/feed.xml", [word])}
        else:
            file, mark = (self.data, ADDRESS) if kind == "data" else (self.theme, "[[MARK]]")
            change = lambda old: old.replace(mark, f"{mark} {word}")
            shown = {"page": (f"/{page}/", [word]), "other page": (f"/{self.others.pop()}/", [word])}
        old = self.old.setdefault(file, self.read(file))
        new = change(old)
        assert new != old, file
        return os.path.join(self.src, file), new, shown


def save(file, text, way):
    """Writes as editors do; returns the moment when it was finished."""
    temp = file if way == "in place" else os.path.join(os.path.dirname(file), f".{os.path.basename(file)}.tmp")
    with open(temp, "wb") as f:                     # truncates, then writes
        f.write(text.encode())
    if temp != file:
        os.replace(temp, file)
    return NOW()


class Server:
    def __init__(self, tool, src, log):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        argv = [TOOLS[tool][1]] + [x.format(src=src, port=self.port) for x in TOOLS[tool][2]]
        libc, self.began = ctypes.CDLL(None), NOW()
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        preexec_fn=lambda: libc.prctl(1, signal.SIGKILL))  # PR_SET_PDEATHSIG

    def get(self, path, timeout=10.0):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(c), contextlib.suppress(OSError, http.client.HTTPException):
            c.request("GET", path, headers={"Connection": "close"})
            r = c.getresponse()
            return r.status, r.read()
        return 0, b""

    def shows(self, path, words, timeout):
        """Whether the answer is a 200, and whether it has all the words."""
        status, body = self.get(path, timeout)
        return status == 200, status == 200 and all(w.encode() in body for w in words)

    def until(self, path, words, began, limit):
        """Polls until all words show: seconds since `began` (None: time-out), polls, answers that were no 200."""
        polls = bad = 0
        while self.process.poll() is None:
            at = NOW()
            good, shown = self.shows(path, words, max(began + limit - at, .5))
            polls, bad, took = polls + 1, bad + (not good), NOW() - began
            if shown or took > limit:
                return took if shown and took <= limit else None, polls, bad
            time.sleep(max(0, at + (EVERY if took < 1 else LATER) - NOW()))
        raise RuntimeError(f"the server ended with {self.process.returncode}")

    def cpu(self):
        """User and system seconds of the process, its ended threads included."""
        with open(f"/proc/{self.process.pid}/stat") as f:
            v = f.read().rsplit(")", 1)[1].split()
        return (int(v[11]) + int(v[12])) / base.TICK

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            kib = dict(line.split()[:2] for line in f if line.startswith(("VmRSS:", "VmHWM:")))
        return dict(rss_kib=int(kib["VmRSS:"]), peak_kib=int(kib["VmHWM:"]))

    def stop(self):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(3)
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def session(tool, pages, a, prepare=lambda site: None):
    with tempfile.TemporaryDirectory(prefix="serve-", dir=a.out_root, ignore_cleanup_errors=True) as top, \
            tempfile.TemporaryFile() as log:
        site = Site(tool, pages, a, top)
        prepare(site)
        server = Server(tool, site.src, log)
        try:
            start = server.until("/", [generate.SITE], server.began, START_LIMIT)[0]
            assert start is not None, "no answer after the start"
            yield site, server, start
        except Exception:
            log.seek(0)
            print(log.read()[-3000:].decode(errors="replace"), file=sys.stderr)
            raise
        finally:
            server.stop()


def emit(a, kind, **row):
    row = dict(kind=kind, **row, time=time.strftime("%H:%M:%S"))
    with open(a.results, "a", encoding="utf-8") as f:
        f.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(" ".join(f"{k}={round(v, 4) if isinstance(v, float) else v}" for k, v in row.items()), flush=True)


def edit(a, site, server, kind, way, **row):
    file, text, shown = site.edit(kind)
    at_once = [n for n in shown if n != "other page"]
    list(map(server.get, (shown[n][0] for n in at_once)))       # a browser shows them
    began = save(file, text, way)
    look = lambda name: server.until(*shown[name], began, a.timeout)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        found = dict(zip(at_once, pool.map(look, at_once)))
    for name in shown:
        took, polls, bad = found[name] if name in found else look(name)
        emit(a, "edit", edit=kind, shown=name, way=way, seconds=took, polls=polls, bad=bad, **row)
    return found["page"][0]


def rest(server, most=60):
    """Waits until a second passed with next to no work: what a server does after its start is no idling."""
    for _ in range(most):
        before = server.cpu()
        time.sleep(1)
        if server.cpu() - before < 0.03:
            return


def visit(a, tool, pages, number):
    row = dict(tool=tool, pages=pages, round=number)
    with session(tool, pages, a) as (site, server, start):
        time.sleep(1)
        emit(a, "start", seconds=start, **server.memory(), **row)
        if number == 0 and a.idle:
            rest(server)
            c0, t0 = server.cpu(), NOW()
            time.sleep(a.idle)
            emit(a, "idle", window=NOW() - t0, cpu=server.cpu() - c0, **row)
        first, took = True, []
        b0, own, c0, t0 = base.busy(), sum(os.times()[:2]), server.cpu(), NOW()
        for i, kind in itertools.product(range(a.edits), ("page", "news", "data", "theme")):
            time.sleep(random.uniform(.4, 1.0))     # any phase of a server that waits for a tick is as likely
            seconds = edit(a, site, server, kind, WAYS[(i + number) % 2], first=first, **row)
            took += [seconds or 0] if kind == "page" and not first else []
            first = False
        other = base.busy() - b0 - (sum(os.times()[:2]) - own) - (server.cpu() - c0)
        other = max(0, other / (NOW() - t0) / base.CORES)
        for i in range(a.edits + 1):                # the CPU of an edit alone: one request, after a while
            file, text, shown = site.edit("page")
            path, words = shown["page"]
            c0, t0 = server.cpu(), NOW()
            save(file, text, WAYS[i % 2])
            time.sleep(min(5, max([1] + [3 * t for t in took])))
            stale = not server.shows(path, words, a.timeout)[1]
            emit(a, "quiet", window=NOW() - t0, cpu=server.cpu() - c0, stale=stale, **row)
        emit(a, "end", other=round(other, 3), **server.memory(), **row)


def do_run(a):
    for pages, number, i in itertools.product(a.pages, range(a.rounds), range(len(a.tools))):
        visit(a, a.tools[(number + i) % len(a.tools)], pages, number)


def do_saves(a):
    for pages, tool in itertools.product(a.pages, a.tools):
        with session(tool, pages, a) as (site, server, _):
            time.sleep(1)
            file, text, shown = site.edit("page")
            path, (word, _) = shown["page"]
            word, began, missed, in_a_row = word[:-1], NOW(), 0, 0
            for n in range(a.saves + 1):
                wall = NOW() - began
                stop = in_a_row == 5 or wall > a.limit
                if n in RSS_AT or n == a.saves or stop:
                    emit(a, "saves", tool=tool, pages=pages, saves=n, timeouts=missed, wall=wall, stopped=stop, **server.memory())
                if n == a.saves or stop:
                    break
                turn = word + "ab"[n % 2]
                at = save(file, text.replace(word, turn), WAYS[n // 2 % 2])
                late = server.until(path, [turn + "<", turn + "body"], at, a.timeout)[0] is None
                missed, in_a_row = missed + late, in_a_row + 1 if late else 0


def send(port, path):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096 if "big" in path else 1 << 18)
    s.settimeout(ANSWER_LIMIT)
    s.connect(("127.0.0.1", port))
    s.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    return s


def together(port, paths):
    """One connection for each path, all opened before any is read: the seconds to each whole answer in time."""
    took, began, selector = [], NOW(), selectors.DefaultSelector()
    for path in paths:
        with contextlib.suppress(OSError):
            selector.register(send(port, path), selectors.EVENT_READ, bytearray())
    while selector.get_map() and (left := began + ANSWER_LIMIT - NOW()) > 0:
        for key, _ in selector.select(left):
            piece = b""
            with contextlib.suppress(OSError):
                piece = key.fileobj.recv(1 << 16)
            key.data.extend(piece)
            if not piece:
                selector.unregister(key.fileobj)
                key.fileobj.close()
                took += [NOW() - began] if key.data.startswith(b"HTTP/1.1 200") and b"</html>" in key.data[-200:] else []
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    return took


def do_burst(a):
    def big(site):
        site.put(("content" if site.flavour == "prongsai" else "static") + "/files/big.pdf", "%PDF-1.4\n" + "0" * BIG)
    for pages, number, tool in itertools.product(a.pages, range(a.rounds), a.tools):
        with session(tool, pages, a, big) as (site, server, _), contextlib.ExitStack() as stack:
            status, body = server.get("/files/big.pdf")
            assert status == 200 and len(body) > BIG, f"the big file: {status}, {len(body)} bytes"
            for stalled in (0, STALLED):
                for _ in range(stalled):
                    stack.enter_context(send(server.port, "/files/big.pdf"))
                time.sleep(.5)
                took = []
                for n in range(BURSTS):
                    took += together(server.port, [f"/{p}/" for p in (site.year * 2)[n:n + CONNECTIONS]])
                    time.sleep(.05)
                asked = BURSTS * CONNECTIONS
                emit(a, "burst", tool=tool, pages=pages, round=number, stalled=stalled, asked=asked, unanswered=asked - len(took),
                     median=statistics.median(took) if took else None, slowest=max(took, default=None), **server.memory())


def main():
    temp = os.path.join(tempfile.gettempdir(), "prongsai-bench")
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", choices=["run", "saves", "burst", "table"])
    p.add_argument("file", nargs="?", help="the results that `table` shows")
    p.add_argument("--pages", type=lambda s: [int(x) for x in s.split(",")])
    p.add_argument("--tools", type=lambda s: s.split(","), default=[t for t in TOOLS if TOOLS[t][1]])
    p.add_argument("--rounds", type=int)
    p.add_argument("--edits", type=int, default=2, help="of each kind in a round; even, so that both ways of writing get half")
    p.add_argument("--saves", type=int, default=1000)
    p.add_argument("--idle", type=float, default=20, help="seconds without requests, in the first round")
    p.add_argument("--timeout", type=float, default=10, help="seconds to wait for an edit to show")
    p.add_argument("--limit", type=float, default=1200, help="seconds that `saves` may take for one tool")
    p.add_argument("--work", default=os.path.join(temp, "sources"), help="where the sources are made, once")
    p.add_argument("--out-root", default="/dev/shm/prongsai-bench", help="where each server's copy of the site goes")
    p.add_argument("--results", default=os.path.join(temp, "serve.jsonl"))
    a = p.parse_args()
    if a.what != "table":
        a.pages = a.pages or ([100, 1000, 10000] if a.what == "run" else [1000])
        a.rounds = a.rounds or (5 if a.what == "run" else 3)
        for folder in (a.out_root, os.path.dirname(os.path.abspath(a.results))):
            os.makedirs(folder, exist_ok=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))   # then, too, servers are stopped and copies removed
        {"run": do_run, "saves": do_saves, "burst": do_burst}[a.what](a)
    serve_table.show(a.file or a.results)


if __name__ == "__main__":
    main()
