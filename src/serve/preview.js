// The browser half of `prongsai serve`: keeps this page at the newest version and shows how complete it is.
//
// Three parts: the feed (when to ask the server), the page (what to do with the answer), the bar (what people see).
// The server's answer to `state` is the whole truth; events only say that it is time to ask again. Everything shown
// goes in as text and lives in a shadow root, so neither the theme nor a strict content policy gets in the way.
(() => {
'use strict';
const { base = '/', page: loaded = '', lang = 'th', reload: mayReload } = document.currentScript.dataset;
const api = base + '__prongsai/';

// What this tab remembers over a reload. Storage may be forbidden: `keep` says so, and it lasts as long as the page.
const memory = 'prongsai:' + base + ':', spare = {};
function recall(key) {
  try { return JSON.parse(sessionStorage.getItem(memory + key)); } catch { return spare[key]; }
}
function keep(key, value) {
  spare[key] = value;
  try { sessionStorage.setItem(memory + key, JSON.stringify(value)); return true; } catch { return false; }
}
let state = null;               // the last answer of the server
let words = recall('words');    // fixed words, kept for a page that starts while the server is away
let lost = false;               // the server does not answer

// ---------------------------------------------------------------------------------------------------- the feed
// A browser opens six connections to a host, and a stream holds one for ever. So the tabs share one stream: whoever
// holds the lock listens and passes it on. Locks need https or this very machine; without them tabs ask by the clock.
const shared = 'locks' in navigator && navigator.locks && 'BroadcastChannel' in window && 'EventSource' in window;
let asking = null, again = false, timer = 0, member = null, channel = null, stream = null, streaming = false;

async function ask() {
  if (asking) { again = true; return; }
  clearTimeout(timer);
  const mine = asking = new AbortController();
  const limit = setTimeout(() => mine.abort(), 10000);
  let answer = null;
  try {
    const path = encodeURIComponent(location.pathname);
    const reply = await fetch(api + 'state?page=' + path, { cache: 'no-store', signal: mine.signal });
    if (reply.ok) answer = await reply.json();
  } catch { /* no answer: the server is away */ }
  clearTimeout(limit);
  if (asking !== mine) return;  // sleep() gave this question up
  asking = null;
  if (answer && lost) tell('back');
  if (answer && stream?.readyState === EventSource.CLOSED) listen();
  lost = !answer;
  if (answer) take(answer);
  draw();
  if (again) { again = false; ask(); } else schedule();
}
// Without news: each second while nothing else would bring any; now and then even with a stream, because the tab
// that holds it may have been put to sleep. Never while hidden: becoming visible asks anyway.
function schedule() {
  clearTimeout(timer);
  const blind = lost || !shared || (stream && stream.readyState !== EventSource.OPEN);
  timer = setTimeout(() => document.hidden || ask(), blind ? 1000 : 10000);
}
function heard(what) {
  if (what === 'revision') ask();
  else if (stream && stream.readyState !== EventSource.OPEN) listen(); // 'back': a tab has reached the server again
}
function tell(what) {
  channel?.postMessage(what);
  heard(what);
}
function listen() {
  stream?.close();
  streaming = false;
  stream = new EventSource(api + 'events');
  stream.onopen = () => { streaming = true; };
  stream.addEventListener('revision', () => tell('revision'));
  // Once for each loss: the browser itself keeps trying, and all tabs find out by asking.
  stream.onerror = () => { if (streaming) { streaming = false; tell('revision'); } };
}
function wake(event) {
  if (event?.type === 'pageshow' && !event.persisted) return; // the first showing: awake already
  if (shared && !member) {
    const me = member = new AbortController();
    channel = new BroadcastChannel(memory + 'feed');
    channel.onmessage = event => heard(event.data);
    navigator.locks.request('prongsai:' + base, { signal: me.signal }, () => me.signal.aborted ? null
      : new Promise(done => { listen(); me.signal.addEventListener('abort', done); })).catch(() => { /* asleep */ });
  }
  ask();
}
// A frozen or cached page must not hold the lock: the others would wait for it in vain.
function sleep() {
  member?.abort();
  channel?.close();
  stream?.close();
  asking?.abort();
  member = channel = stream = asking = null;
  again = false;
  clearTimeout(timer);
}
for (const event of ['pageshow', 'resume', 'online']) addEventListener(event, wake, true);
for (const event of ['pagehide', 'freeze']) addEventListener(event, sleep, true);
document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });

// ---------------------------------------------------------------------------------------------------- the page
let leaving = false, newer = false; // a reload is under way; a newer version waits for the reader's word
function take(answer) {
  if (leaving) return;
  state = answer;
  words = answer.words;
  keep('words', words);
  const wait = mayReload === 'no', { page } = answer;
  const changed = page && page.hash !== loaded;
  if (!changed) keep('reloads', null);
  newer = Boolean(page) && (changed || !restyle(page.styles, wait)) && (wait || !leave());
  if (!leaving) weigh(); // else the next page does: what has been mended is told where it can be seen
}

// Loads the newest version at the same place. For one revision a page does so at most twice by itself: should the
// server's word and its page ever disagree, the reader gets a button, not a loop.
function leave(asked = false) {
  const key = [location.pathname, state.run, state.revision].join(' ');
  const before = recall('reloads'), times = before?.key === key ? before.times : 0;
  if (!asked && (times >= 2 || !keep('reloads', { key, times: times + 1 }))) return false;
  keep('place', {
    path: location.pathname, x: scrollX, y: scrollY, space: bar.offsetHeight,
    panel, auto, inner: sheet.scrollTop, focus: root.activeElement?.dataset.key ?? null,
    details: [...document.querySelectorAll('details[id]')].map(d => [d.id, d.open]),
  });
  history.scrollRestoration = 'manual';
  leaving = true;
  setTimeout(() => { leaving = false; ask(); }, 8000); // the reader may have stopped it
  location.reload();
  return true;
}

// Swaps changed style sheets: the old one goes when the new one is there, so the page is never bare. False: the page
// lacks a sheet that it should have, or (when only looking) anything differs.
const latest = new Map();
function restyle(styles, look = false) {
  const bare = path => path.replace(/-[0-9a-f]{6,}(?=\.css$)/, '');
  const path = link => new URL(link.href).pathname;
  const links = [...document.querySelectorAll('link[rel~=stylesheet][href]')];
  let whole = true;
  for (const style of styles ?? []) {
    const wanted = new URL(style, location.href).pathname, name = bare(wanted);
    const same = links.filter(link => bare(path(link)) === name);
    if (same.length === 0) { whole = false; continue; }
    const there = same.find(link => path(link) === wanted);
    if (look) { whole &&= Boolean(there); continue; }
    if (there && same.length === 1 || latest.get(name) === wanted) continue;
    latest.set(name, wanted);
    const settle = link => {
      if (latest.get(name) !== wanted) return; // a still newer one is on its way
      for (const other of document.querySelectorAll('link[rel~=stylesheet][href]'))
        if (other !== link && bare(path(other)) === name) other.remove();
    };
    if (there) { settle(there); continue; }
    const link = same.at(-1).cloneNode();
    link.href = style;
    link.onload = () => settle(link);
    link.onerror = () => { link.remove(); if (latest.get(name) === wanted) latest.delete(name); };
    same.at(-1).after(link);
  }
  return whole;
}

// After a reload: the same place to the pixel, again as long as the page still grows, until the reader moves.
function settleIn(place) {
  ({ panel, auto } = returning = place);
  makeRoom(place.space);
  for (const [id, open] of place.details) document.getElementById(id)?.toggleAttribute('open', open);
  const go = () => scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
  const growth = new ResizeObserver(go);
  const done = () => { growth.disconnect(); if (!leaving) history.scrollRestoration = 'auto'; };
  growth.observe(document.documentElement, { box: 'border-box' });
  for (const move of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(move, done, { passive: true });
  const loadedAll = () => requestAnimationFrame(() => { go(); setTimeout(done, 2000); });
  if (document.readyState === 'complete') loadedAll(); else addEventListener('load', loadedAll);
  go();
}

// ---------------------------------------------------------------------------------------------------- the bar
let panel = null, auto = false; // 'item', 'problems' or none; whether it opened by itself and so closes by itself
let small = recall('small') === true, returning = null;
let note = null, noteTimer = 0; // a passing word: { text, tone }
const SIGNS = { shown: '✓', published: '✓', ok: '✓', 'none-stated': '○', 'not-needed': '–', doubtful: '?',
  incomplete: '!', warning: '!', missing: '✕', late: '!', error: '✕' };
const text = (key, n) => String(words?.[key] ?? key).replaceAll('{n}', n);
const count = (key, n) => text(key + (n === 1 ? '_one' : '_many'), n);
const problemKey = p => JSON.stringify([p.code, p.message, p.places[0]?.file]);
const holds = p => p.here || p.site; // it keeps this page at an older version
const errors = () => (state?.problems?.list ?? []).filter(p => p.severity === 'error');
// Text goes in through append(), which makes text nodes of strings: what a message contains stays letters.
function el(name, attributes, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key === 'click') node.addEventListener('click', value);
    else if (value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...inside.flat(Infinity).filter(part => part || part === 0));
  return node;
}
const sign = tone => el('span', { class: 'sign ' + tone, 'aria-hidden': 'true' }, SIGNS[tone] ?? '•');
const button = (key, click, attributes, ...inside) =>
  el('button', { type: 'button', 'data-key': key, click, ...attributes }, inside);

// New errors that hold this page open the panel; what was put aside stays aside; what is mended is forgotten.
function weigh() {
  const all = errors().map(problemKey), here = errors().filter(holds).map(problemKey);
  const aside = (recall('aside') ?? []).filter(key => all.includes(key));
  keep('aside', aside);
  if (here.some(key => !aside.includes(key))) {
    if (panel !== 'problems') { panel = 'problems'; auto = true; }
  } else if (panel === 'problems' && auto && here.length === 0) shut();
  if (panel === 'item' && !state.check?.item) shut();

  const before = recall('told') ?? [], total = state.problems?.errors ?? 0;
  keep('told', all);
  if (all.some(key => !before.includes(key))) speak(count('errors', total));
  else if (before.length > 0 && total === 0) remark(text('mended'), 'ok');
}
function shut() {
  const inside = sheet.contains(root.activeElement), toggle = panel;
  [panel, auto] = [null, false];
  draw();
  if (inside) (control(toggle) ?? control('small'))?.focus(); // nobody else's focus is touched
}
function dismiss() {
  if (panel === 'problems') keep('aside', [...new Set([...(recall('aside') ?? []), ...errors().map(problemKey)])]);
  shut();
}
function toggle(which) {
  const other = panel !== which;
  if (panel) dismiss();
  if (other) { panel = which; draw(); }
}
addEventListener('keydown', event => { if (event.key === 'Escape' && panel && !event.defaultPrevented) dismiss(); });
function speak(message) {
  live.textContent = '';
  setTimeout(() => { live.textContent = message; }, 50); // the same words twice are only news when empty in between
}
function remark(message, tone) {
  note = { text: message, tone };
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => { note = null; draw(); }, 8000);
  speak(message);
  draw();
}
// A way to a file: a button that opens it in the editor, or its name to copy where the server may open nothing.
function way(key, at, label) {
  const name = at.cell ? `${at.file} ${at.cell}` : [at.file, at.line, at.line && at.column].filter(Boolean).join(':');
  if (state.canOpen && at.exists !== false)
    return button(key, () => edit(at), label ? { title: name, 'aria-label': `${label} ${name}` }
      : { class: 'file', title: text('edit') }, label ?? name);
  const shown = el('span', { class: 'file', title: name }, name), spoken = `${text('copy')} ${name}`;
  return el('span', { class: 'copy' }, at.exists === false && text('create'), shown, button(key, () => copy(name, shown), { 'aria-label': spoken }, text('copy')));
}
async function edit(at) {
  let message = text('open_failed');
  const query = 'file=' + encodeURIComponent(at.file) + (at.line ? '&line=' + at.line : '');
  try {
    const reply = await fetch(api + 'open?' + query, { method: 'POST', headers: { 'X-Prongsai': 'open' } });
    if (reply.ok) return remark(text('opened'), 'ok');
    message += ': ' + ((await reply.text()).trim() || reply.status);
  } catch { /* the server is away: the bar will say so */ }
  remark(message, 'error');
}
async function copy(name, shown) {
  let done = 'copied';
  try { await navigator.clipboard.writeText(name); } catch { // refused, or a plain http address: the reader copies
    done = 'selected';
    getSelection().selectAllChildren(shown);
  }
  remark(text(done), 'ok');
}
// The line of a place with its mark. A cut inside a letter would tear a Thai vowel or tone off its consonant, so the
// mark grows to whole letters. Of a very long line only the surroundings are shown.
function line(at) {
  const ends = [0];
  for (const part of new Intl.Segmenter('th').segment(at.text)) ends.push(part.index + part.segment.length);
  const before = n => ends.findLast(end => end <= n) ?? 0;
  const after = n => ends.find(end => end >= n) ?? at.text.length;
  const from = before(at.from ?? 0), to = Math.max(from, after(at.to ?? at.from ?? 0)), all = at.text.length;
  const start = from > 160 ? before(from - 120) : 0, end = all - to > 160 ? after(to + 120) : all;
  return el('div', { class: 'line' },
    el('code', null, start > 0 && '…', at.text.slice(start, from), el('mark', { class: from === to && 'point' },
      at.text.slice(from, to)), at.text.slice(to, end), end < all && '…'),
    at.label && el('span', { class: 'label' }, at.label));
}
function problem(p, i) {
  return el('li', { class: 'problem ' + p.severity },
    el('p', { class: 'head' }, el('span', { class: 'tag ' + p.severity }, sign(p.severity), p.word),
      holds(p) && el('span', { class: 'here' }, p.here ? text('here') : text('site')), el('span', { class: 'code' }, p.code)),
    el('h3', null, p.message),
    p.places.map((at, j) => [el('p', { class: 'where' }, way(`place ${i} ${j}`, at)), at.text && line(at)]),
    p.hints.map(hint => el('p', { class: 'hint' }, el('b', null, text('hint')), ' ', hint)));
}
function problemsPanel() {
  const list = state.problems?.list ?? [], sorted = [...list].sort((a, b) => (a.severity !== 'error') - (b.severity !== 'error') || b.here - a.here || (b.site ?? 0) - (a.site ?? 0));
  return [state.problems?.stale && list.some(holds) && el('p', { class: 'stale' }, text('stale')),
    list.length ? el('ol', { class: 'problems' }, sorted.map(problem)) : el('p', null, text('no_problems')),
    state.problems?.more > 0 && el('p', null, count('more', state.problems.more))];
}
function itemPanel({ href, word, state: tone, shown, needed, rows }) {
  return [el('p', { class: 'head' }, el('span', { class: 'tag ' + tone }, sign(tone), word), ` ${shown}/${needed} `,
      el('a', { href, 'data-key': 'go' }, text('go'))),
    el('ul', { class: 'rows' }, rows.map((row, i) => el('li', null,
      el('span', { class: 'tag ' + row.state }, sign(row.state), row.word),
      el('span', { class: 'what' }, row.href ? el('a', { href: row.href, 'data-key': 'row ' + i }, row.text) : row.text,
        row.note && el('small', null, row.note)),
      row.edit && way('edit ' + i, row.edit, text('edit')))))];
}
function status() {
  if (lost) return [sign('error'), text('lost')];
  if (newer) return [text('newer'), ' ', button('load', () => leave(true), { class: 'strong' }, text('load'))];
  if (note) return [sign(note.tone), note.text];
  return state?.checking ? [text('checking')] : [];
}
function facts() {
  if (small || !state) return [];
  const { errors: bad = 0, warnings: odd = 0 } = state.problems ?? {}, { check } = state, item = check?.item;
  const opener = (which, ...inside) =>
    button(which, () => toggle(which), { 'aria-expanded': String(panel === which) }, inside);
  const badge = (tone, key, n) => n > 0 && [el('span', { class: 'badge' }, sign(tone),
    el('span', { class: 'word' }, count(key, n)), el('span', { class: 'number', 'aria-hidden': 'true' }, String(n))), ' '];
  return [item && opener('item', sign(item.state), el('b', null, item.code), ` ${item.word} `,
      el('span', { class: 'n' }, `${item.shown}/${item.needed}`)),
    check && el('a', { href: check.href, 'data-key': 'year' }, `${check.label}: `,
      el('span', { class: 'n' }, `${check.complete}/${check.items}`)),
    bad || odd ? opener('problems', badge('error', 'errors', bad), badge('warning', 'warnings', odd))
      : el('span', { class: 'fine' }, sign('ok'), text('no_problems'))];
}
function tools() {
  const { errors: bad = 0, warnings: odd = 0 } = state?.problems ?? {}, tone = bad ? 'error' : odd ? 'warning' : 'ok';
  const told = bad ? count('errors', bad) : odd ? count('warnings', odd) : text('no_problems');
  const label = small ? `${text('expand')} · ${told}` : text('minimise');
  return [!small && state?.edit && way('edit', state.edit, text('edit_page')),
    button('small', () => { small = !small; keep('small', small); draw(); },
      { class: 'small', 'aria-expanded': String(!small), 'aria-label': label, title: label },
      small && state && [sign(tone), String(bad || odd || '')],
      el('span', { class: small ? 'arrow up' : 'arrow', 'aria-hidden': 'true' }))];
}

const host = document.createElement('prongsai-preview');
const root = host.attachShadow({ mode: 'open' }), control = key => root.querySelector(`[data-key="${CSS.escape(key)}"]`);
const [left, said, right] = ['facts', 'status', 'tools'].map(name => el('div', { class: name }));
const bar = el('div', { class: 'bar' }, left, said, right);
const sheet = el('section', { class: 'sheet', hidden: true, 'aria-labelledby': 'title', tabindex: '0' });
const live = el('p', { class: 'live', role: 'status', 'aria-live': 'polite' });
const frame = el('div', { class: 'frame', role: 'region', lang, hidden: true }, bar, sheet, live);
const space = new CSSStyleSheet(); // room below the page, so that the bar hides nothing
const makeRoom = height => space.replaceSync(
  `@media screen{:root{padding-block-end:${height}px!important;scroll-padding-block-end:${height}px!important}}`);

// Draws anew only what differs, and hands focus and scroll back: a reader of the panel notices nothing.
const drawn = new Map();
function put(node, key, inside) {
  const before = root.activeElement, held = node.contains(before) ? before.dataset.key : null, top = node.scrollTop;
  const now = el('div', null, inside), sum = now.innerHTML + key;
  if (drawn.get(node) === sum) return;
  drawn.set(node, sum);
  node.replaceChildren(...now.childNodes);
  node.scrollTop = top;
  if (held) (control(held) ?? root.querySelector('button'))?.focus({ preventScroll: true });
}
function draw() {
  if (!words) return; // never heard from the server: nothing to say yet
  frame.lang = state?.lang ?? lang;
  frame.setAttribute('aria-label', text('preview'));
  frame.className = `frame ${small ? 'small' : ''} ${lost || state?.problems?.errors > 0 ? 'bad' : ''}`;
  frame.hidden = false;
  put(left, '', facts());
  put(said, '', status());
  said.hidden = !said.firstChild || small && !lost && !newer;
  said.classList.toggle('bad', lost || note?.tone === 'error');
  put(right, '', tools());
  sheet.hidden = !panel || !state;
  const item = state?.check?.item, title = panel === 'item' ? `${item?.code} ${item?.title}` : text('problems');
  if (!sheet.hidden) put(sheet, panel, [
    el('header', null, el('h2', { id: 'title' }, title), button('close', dismiss, { class: 'close' }, text('close'))),
    panel === 'item' ? itemPanel(item) : problemsPanel()]);
  if (!returning || !state) return;
  sheet.scrollTop = returning.inner;
  if (returning.focus && document.activeElement === document.body) control(returning.focus)?.focus({ preventScroll: true });
  returning = null;
}

const look = new CSSStyleSheet();
look.replaceSync(`
:host{all:initial!important;position:fixed!important;inset:auto 0 0!important;z-index:2147483647!important;display:block!important;color-scheme:light dark!important;pointer-events:none!important}
@media print{:host{display:none!important}}
*{box-sizing:border-box} [hidden]{display:none!important}
.frame{--page:light-dark(#fff,#161c23);--soft:light-dark(#f2f5f9,#212a34);--ink:light-dark(#14181d,#eef2f6);--quiet:light-dark(#4a5662,#b3bfcb);
  --rule:light-dark(#b8c2cc,#465360);--edge:light-dark(#5c6a78,#8d9baa);--link:light-dark(#17498a,#8fc1ff);
  --good:light-dark(#0b4a2c,#b9ecd0);--good-tint:light-dark(#d6efe0,#12392a);--odd:light-dark(#5a3d00,#ffe3a3);--odd-tint:light-dark(#fdeec2,#423210);
  --bad:light-dark(#8f1813,#ffcdc8);--bad-tint:light-dark(#fbdedb,#4d1b18);--none:light-dark(#3d3a66,#d9d6ff);--none-tint:light-dark(#e6e4f4,#302d55);
  --idle:light-dark(#2c3640,#dbe3ea);--idle-tint:light-dark(#e4e9ee,#303a44);
  --thai:Sarabun,"Noto Sans Thai","Leelawadee UI",Thonburi,Tahoma;--mono:ui-monospace,Consolas,"DejaVu Sans Mono",var(--thai),monospace;
  font:16px/1.7 var(--thai),sans-serif;color:var(--ink);display:flex;flex-direction:column-reverse;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
.bar,.sheet{pointer-events:auto;background:var(--page)}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:2px 4px;padding:4px max(8px,env(safe-area-inset-right)) max(4px,env(safe-area-inset-bottom)) max(8px,env(safe-area-inset-left));
  border-top:1px solid var(--rule);box-shadow:0 -1px 8px rgb(0 0 0/.1);font-size:15px}
.bad .bar{border-top:3px solid var(--bad)} .small .bar{align-self:flex-end;border:1px solid var(--rule);border-width:1px 0 0 1px;border-start-start-radius:8px;padding:2px}
button,a{font:inherit;color:var(--link);min-height:36px;padding:3px 10px;border-radius:6px;text-underline-offset:.25em}
button{background:none;border:1px solid transparent;cursor:pointer;text-align:start} .bar a{display:inline-flex;align-items:center;gap:.3em;text-decoration:none} .bar button{color:var(--ink)}
.bar button:not(.small),.copy button,.rows button,.close{border-color:var(--rule)} button:hover,.bar a:hover{background:var(--soft);border-color:var(--edge)}
button[aria-expanded=true]:not(.small){background:var(--soft);border-color:var(--edge)}
:is(button,a,.sheet):focus-visible{outline:3px solid var(--link);outline-offset:1px} .sheet:focus-visible{outline-offset:-3px}
.strong{background:var(--link)!important;color:var(--page)!important;font-weight:700} .n{font-variant-numeric:tabular-nums;font-weight:700}
.sign{display:inline-grid;place-items:center;width:1.3em;height:1.3em;margin-inline-end:.4em;border-radius:50%;font:700 .8em/1 system-ui,sans-serif;
  vertical-align:.08em;color:var(--tone,var(--idle));background:var(--tint,var(--idle-tint))}
:is(.shown,.published,.ok){--tone:var(--good);--tint:var(--good-tint)} .none-stated{--tone:var(--none);--tint:var(--none-tint)}
:is(.incomplete,.doubtful,.warning){--tone:var(--odd);--tint:var(--odd-tint)} :is(.missing,.late,.error){--tone:var(--bad);--tint:var(--bad-tint)}
.sign:is(.missing,.late,.error){color:var(--page);background:var(--bad)} .badge,.fine{white-space:nowrap} .badge+.badge{margin-inline-start:.6em} .number{display:none}
.fine{padding:3px 10px;color:var(--quiet)} .status{margin-inline:auto;padding-inline:6px;color:var(--quiet)} .status.bad{color:var(--bad);font-weight:700}
.tools{display:flex;align-items:center;gap:4px;min-width:0;margin-inline-start:auto} .facts{display:contents} .arrow{display:inline-block;width:9px;height:9px;margin:0 3px 4px;border:solid currentColor;border-width:0 2px 2px 0;rotate:45deg}
.arrow.up{rotate:225deg;margin-block:6px 0;margin-inline-start:.6em} .file{font:14px/1.6 var(--mono)}
.copy{display:inline-flex;align-items:center;gap:6px;min-width:0} .bar .copy .file{max-width:min(22rem,45vw);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.live{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}
.sheet{width:min(100%,60rem);margin-inline:auto;max-height:min(70vh,44rem);overflow:auto;overscroll-behavior:contain;padding:0 16px 16px;
  border:1px solid var(--edge);border-bottom:0;border-radius:10px 10px 0 0;box-shadow:0 -4px 28px rgb(0 0 0/.25)}
.sheet header{position:sticky;top:0;z-index:1;display:flex;gap:12px;align-items:start;justify-content:space-between;margin-inline:-16px;padding:8px 10px 8px 16px;background:var(--page);border-bottom:1px solid var(--rule)}
h2,h3,p,ul,ol,small{margin:0;padding:0} h2{font-size:18px;line-height:1.6;padding-block:3px} h3{font-size:17px;line-height:1.7;margin-block:4px}
.close{flex:none} .stale{margin-top:12px;padding:8px 12px;background:var(--odd-tint);color:var(--odd);border-inline-start:4px solid;line-height:1.75}
.head{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center} .sheet>.head{padding-top:10px} .head a{padding-inline:0}
.tag{display:inline-flex;align-items:center;padding:0 .7em 0 .45em;border-radius:1em;font-size:14px;font-weight:700;color:var(--tone,var(--idle));background:var(--tint,var(--idle-tint))}
.tag .sign{background:none;color:inherit} .here{font-size:14px;color:var(--quiet)} .code{margin-inline-start:auto;font:13px/1.6 var(--mono);color:var(--quiet)} .problems,.rows{list-style:none}
.problem{padding-block:14px;border-bottom:1px solid var(--rule)} .problem:last-child{border:0;padding-bottom:0}
.where .file{padding-inline:0;color:var(--link);text-decoration:underline;text-underline-offset:.3em;min-height:0;overflow-wrap:anywhere}
.where span.file{color:var(--quiet);text-decoration:none} .where button.file:hover{border-color:transparent}
.line{padding:8px 12px;background:var(--soft);border-radius:6px;margin-block:2px 8px} .line code{display:block;font:15px/1.9 var(--mono);white-space:pre-wrap;tab-size:4}
mark{color:inherit;background:var(--tint);border-bottom:3px solid var(--tone);padding-block:2px} mark.point{border:0;border-inline-start:3px solid var(--tone)}
.label{font-size:14px;color:var(--quiet)} .hint{white-space:pre-wrap;overflow-wrap:anywhere} .hint b{color:var(--good)}
.rows li{display:grid;grid-template-columns:9.5rem 1fr auto;gap:2px 12px;align-items:baseline;padding-block:6px;border-bottom:1px solid var(--rule)}
.rows li:last-child{border:0} .rows .tag{justify-self:start} .what small{display:block;font-size:14px;color:var(--quiet)} .what a{padding-inline:0}
@media (max-width:40rem){
  .bar{padding-inline:4px} .bar :is(button,a),.fine{padding-inline:7px} .status{order:-1;flex-basis:100%;text-align:center} .small .status{flex-basis:auto}
  .code{margin-inline-start:0} .badge+.badge .number{display:inline} .badge+.badge .word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  .rows li{grid-template-columns:1fr auto} .rows .what{grid-row:2;grid-column:1/-1} .copy{flex-wrap:wrap}
}
@media (pointer:coarse){button,.bar a,.sheet a{min-height:44px!important;min-width:44px}.sheet a{display:inline-flex;align-items:center}}
@media (forced-colors:active){.tag,.sign,.line,.stale{border:1px solid}mark{outline:2px solid;background:Canvas;color:CanvasText}.bar button:not(.small){border-color:ButtonBorder}}
`);

root.adoptedStyleSheets = [look];
root.append(frame);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, space];
document.documentElement.append(host); // beside the body: the theme's rules for its children stay true
new ResizeObserver(() => { if (!frame.hidden) makeRoom(bar.offsetHeight); }).observe(bar, { box: 'border-box' });
const place = recall('place');
keep('place', null);
if (place?.path === location.pathname) settleIn(place);
wake();
})();
