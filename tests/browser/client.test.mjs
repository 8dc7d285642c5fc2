// Tests of src/serve/preview.js in a real browser, against the server of mock.mjs. Nothing here sleeps: each step
// waits for what it is about, and a test fails by its time limit when that never comes.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { close, launch } from './browser.mjs';
import { Mock, quiet } from './mock.mjs';
import { words } from './words.mjs';

const LIMIT = 15000;
let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

// Runs a test with its own server and its own browser profile; ends with what no test may leave behind.
function check(name, run, options = {}) {
  test(name, { timeout: 60000 }, async () => {
    const server = await new Mock().start();
    const context = await browser.newContext(options);
    context.setDefaultTimeout(LIMIT);
    const wrong = [];
    context.on('page', page => {
      page.on('pageerror', error => wrong.push(String(error)));
      page.on('console', message => { if (/Content Security Policy|Trusted/i.test(message.text())) wrong.push(message.text()); });
    });
    try {
      await run({ server, context, open: (path, host) => open(context, server, path, host) });
      assert.deepEqual(wrong, [], 'errors in the page, or a breach of its content policy');
      assert.ok(server.most <= 1 || context.pages().length > 1, 'one page asked twice at the same time');
    } finally {
      await close(context);
      await server.stop().catch(() => { /* the test had stopped it */ });
    }
  });
}

async function open(context, server, path = '/web/', host) {
  const page = await context.newPage();
  await page.goto(server.url(path, host));
  await page.locator('prongsai-preview .bar').waitFor();
  return page;
}

async function until(what, condition) {
  const end = Date.now() + LIMIT;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) assert.fail('never came: ' + what);
    await pause(10);
  }
}

// A mark that only this document has: gone after a reload.
const mark = page => page.evaluate(() => { window.mark = true; });
const marked = page => page.evaluate(() => window.mark === true);
const reloaded = page => page.waitForFunction(() => window.mark === undefined && document.readyState === 'complete');
const title = page => page.locator('h1').innerText();
const barText = page => page.locator('prongsai-preview .bar').innerText();
const spoken = page => page.locator('prongsai-preview [role=status]').textContent();
const sheet = page => page.locator('prongsai-preview .sheet');
const tall = extra => `<h1>สูง</h1>${'<p>บรรทัด</p>'.repeat(200)}${extra ?? ''}`;
// Publishes a sign in the bar and waits until the page shows it: whatever came before has been dealt with.
let signs = 100;
async function settled(server, page, change = {}) {
  const n = signs++;
  server.publish({ ...change, state: { ...server.state, ...change.state, problems: { ...quiet, ...change.state?.problems, warnings: n } } });
  await page.locator('prongsai-preview .bar', { hasText: words[server.lang].warnings_many.replace('{n}', n) }).waitFor();
}

const place = (more = {}) => ({ file: 'content/site.toml', line: 14, column: 10, cell: null, text: 'digits = "thaii"', from: 9, to: 16, label: '', ...more });
const error = (more = {}) => ({ severity: 'error', word: 'ผิดพลาด', code: 'unknown-value', message: '`digits` เป็น “thaii” ไม่ได้', here: true,
  places: [place()], hints: ['หมายถึง "thai" ใช่หรือไม่'], ...more });
const troubled = list => ({ problems: { errors: list.filter(p => p.severity === 'error').length,
  warnings: list.filter(p => p.severity !== 'error').length, stale: true, here: list.filter(p => p.here).length, more: 0, list } });
const row = (state, word, more = {}) => ({ state, word, text: 'องค์ประกอบ ' + state, href: null, note: null, edit: null, ...more });
const item = { code: 'O18', title: 'ช่องทางแจ้งเรื่องร้องเรียน', state: 'incomplete', word: 'ข้อมูลไม่ครบ', shown: 5, needed: 6, href: '/web/2568/o18/',
  rows: [row('shown', 'มี', { href: '/web/2568/x/#a', edit: { file: 'content/2568/x.md', line: 3 } }), row('none-stated', 'แจ้งว่าไม่มี'),
    row('not-needed', 'ไม่ต้องมี'), row('doubtful', 'ควรตรวจ', { note: 'ไม่แน่ใจ' }), row('missing', 'ยังไม่มี')] };
const year = { year: 2568, label: 'ปี 2568', complete: 27, items: 28, href: '/web/2568/', item };

test('every word of the script is there in both languages, and no other', async () => {
  const source = await readFile(new URL('../../src/serve/preview.js', import.meta.url), 'utf8');
  const used = new Set(['copied', 'selected']); // chosen at run time
  for (const [, key] of source.matchAll(/\btext\('(\w+)'/g)) used.add(key);
  for (const [, key] of source.matchAll(/\b(?:count\('|badge\('\w+', ')(\w+)'/g)) used.add(key + '_one').add(key + '_many');
  for (const lang of ['th', 'en']) assert.deepEqual(Object.keys(words[lang]).sort(), [...used].sort(), lang);
});

describe('staying at the newest version', () => {
  check('a changed page is loaded anew', async ({ server, open }) => {
    const page = await open();
    await mark(page);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await reloaded(page);
    assert.equal(await title(page), 'ใหม่');
  });

  check('a change elsewhere leaves the page alone', async ({ server, open }) => {
    const page = await open();
    await mark(page);
    server.page('/web/other/', { hash: 'other-2' });
    await settled(server, page);
    assert.ok(await marked(page));
  });

  check('a change between page load and connection is not missed', async ({ server, context }) => {
    const script = server.hold('preview.js');
    const page = await context.newPage();
    const loading = page.goto(server.url());
    await until('the page asks for the script', () => script.caught);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    script.open();
    await loading;
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor();
  });

  for (const [how, lines] of [['grows', 400], ['shrinks', 150]])
    check(`the place is kept to the pixel when the page ${how}`, async ({ server, open }) => {
      server.page('/web/', { hash: 'a', body: tall() });
      const page = await open();
      await mark(page);
      await page.evaluate(() => scrollTo(0, 1234));
      server.page('/web/', { hash: 'b', body: `<h1>ใหม่</h1>${'<p>บรรทัด</p>'.repeat(lines)}` });
      server.publish();
      await reloaded(page);
      await page.waitForFunction(() => scrollY === 1234);
    }, { viewport: { width: 800, height: 600 } });

  check('the place at the very end, in the room of the bar, is kept', async ({ server, open }) => {
    server.page('/web/', { hash: 'a', body: tall() });
    const page = await open();
    await page.waitForFunction(() => parseFloat(getComputedStyle(document.documentElement).paddingBottom) > 20);
    const end = await page.evaluate(() => { scrollTo(0, 1e6); window.mark = true; return scrollY; });
    server.page('/web/', { hash: 'b', body: tall() });
    server.publish();
    await reloaded(page);
    await page.waitForFunction(end => scrollY === end, end);
  });

  check('an address with an anchor keeps the place, not the anchor', async ({ server, open }) => {
    server.page('/web/', { hash: 'a', body: tall('<p id="end">สุดท้าย</p>') });
    const page = await open('/web/#end');
    await page.waitForFunction(() => scrollY > 1000);
    await page.evaluate(() => { scrollTo(0, 321); window.mark = true; });
    server.page('/web/', { hash: 'b', body: tall('<p id="end">สุดท้าย</p>') });
    server.publish();
    await reloaded(page);
    await page.waitForFunction(() => scrollY === 321 && history.scrollRestoration === 'auto');
    assert.equal(await page.evaluate(() => scrollY), 321);
  });

  check('opened details stay open', async ({ server, open }) => {
    const body = '<h1>ก</h1><details id="one"><summary>1</summary>x</details><details id="two" open><summary>2</summary>y</details>';
    server.page('/web/', { hash: 'a', body });
    const page = await open();
    await page.evaluate(() => { document.getElementById('one').open = true; document.getElementById('two').open = false; window.mark = true; });
    server.page('/web/', { hash: 'b', body });
    server.publish();
    await reloaded(page);
    await page.waitForFunction(() => document.getElementById('one').open && !document.getElementById('two').open);
  });

  check('a page that is not there is watched too, and comes when it is written', async ({ server, open }) => {
    const page = await open('/web/soon/');
    await mark(page);
    assert.equal(await title(page), 'ไม่พบหน้านี้');
    server.page('/web/soon/', { hash: 'soon-1', body: '<h1>มาแล้ว</h1>' });
    server.publish();
    await reloaded(page);
    assert.equal(await title(page), 'มาแล้ว');
  });

  check('an address in Thai letters is asked for as it is', async ({ server, open }) => {
    const path = '/web/' + encodeURIComponent('ข่าว') + '/';
    server.page(path, { hash: 'news-1', body: '<h1>ข่าว</h1>' });
    await open(path);
    await until('a question for the page', () => server.asked.includes(path));
  });

  check('a server whose word and page disagree causes no loop', async ({ server, open }) => {
    const page = await open();
    server.pages.set('/web/', { get hash() { return 'never-' + Math.random(); }, body: '<h1>ไม่นิ่ง</h1>' });
    server.publish();
    await page.locator('prongsai-preview [data-key=load]').waitFor();
    assert.ok(server.loads.length <= 3, `${server.loads.length} loads`);
    const loads = server.loads.length;
    const asked = server.asked.length;
    await page.evaluate(() => { for (let i = 0; i < 5; i++) dispatchEvent(new Event('online')); });
    await until('more answers', () => server.asked.length >= asked + 2);
    assert.equal(server.loads.length, loads);
  });

  check('with data-reload="no" the page waits for the reader', async ({ server, open }) => {
    server.reload = 'no';
    const page = await open();
    await mark(page);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await page.getByText(words.th.newer).waitFor();
    assert.ok(await marked(page));
    await page.locator('prongsai-preview [data-key=load]').click();
    await reloaded(page);
    assert.equal(await title(page), 'ใหม่');
    await until('the word is gone', async () => !(await barText(page)).includes(words.th.newer));
  });

  check('with data-reload="no" styles wait too', async ({ server, open }) => {
    server.reload = 'no';
    const page = await open();
    server.css.set('/web/assets/style-bbbbbbbbbb.css', 'body{background-color:rgb(2, 2, 2)}');
    server.publish({ styles: [server.styles[0], '/web/assets/style-bbbbbbbbbb.css'] });
    await page.getByText(words.th.newer).waitFor();
    assert.equal(await page.evaluate(() => document.querySelectorAll('link[href*=bbbbbbbbbb]').length), 0);
  });
});

const colour = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const links = page => page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet]')].map(l => new URL(l.href).pathname));
const style = letter => `/web/assets/style-${letter.repeat(10)}.css`;

describe('styles', () => {
  check('a new style comes without a reload and without a bare moment', async ({ server, open }) => {
    const page = await open();
    await mark(page);
    server.css.set(style('b'), 'body{background-color:rgb(2, 2, 2)}');
    const gate = server.hold('style-bbbbbbbbbb');
    server.publish({ styles: [server.styles[0], style('b')] });
    await until('the new style is asked for', () => gate.caught);
    assert.equal(await colour(page), 'rgb(1, 1, 1)', 'the old style holds while the new one loads');
    gate.open();
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(2, 2, 2)');
    await until('the old style is gone', async () => (await links(page)).length === 2);
    assert.deepEqual(await links(page), [server.styles[0], style('b')], 'same order');
    assert.ok(await marked(page));
  });

  check('a style that cannot be loaded leaves the old one', async ({ server, open }) => {
    const page = await open();
    server.publish({ styles: [server.styles[0], style('d')] });
    await until('the broken style was tried and dropped', async () => (await links(page)).length === 3 || server.asked.length > 2);
    await until('the old style alone', async () => (await links(page)).join() === [server.styles[0], style('a')].join());
    assert.equal(await colour(page), 'rgb(1, 1, 1)');
  });

  check('there and back again while the first is still loading', async ({ server, open }) => {
    const page = await open();
    server.css.set(style('b'), 'body{background-color:rgb(2, 2, 2)}');
    const gate = server.hold('style-bbbbbbbbbb');
    server.publish({ styles: [server.styles[0], style('b')] });
    await until('the new style is asked for', () => gate.caught);
    await settled(server, page, { styles: [server.styles[0], style('a')] });
    gate.open();
    await settled(server, page);
    assert.deepEqual(await links(page), [server.styles[0], style('a')]);
    assert.equal(await colour(page), 'rgb(1, 1, 1)');
  });

  check('of two new styles the later wins, whichever arrives first', async ({ server, open }) => {
    const page = await open();
    server.css.set(style('b'), 'body{background-color:rgb(2, 2, 2)}');
    server.css.set(style('c'), 'body{background-color:rgb(3, 3, 3)}');
    const gate = server.hold('style-bbbbbbbbbb');
    server.publish({ styles: [server.styles[0], style('b')] });
    await until('the first is asked for', () => gate.caught);
    server.publish({ styles: [server.styles[0], style('c')] });
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(3, 3, 3)');
    gate.open();
    await settled(server, page);
    assert.deepEqual(await links(page), [server.styles[0], style('c')]);
  });

  check('an older style that arrives meanwhile does not push the newest out', async ({ server, open }) => {
    const page = await open();
    server.css.set(style('b'), 'body{background-color:rgb(2, 2, 2)}');
    server.css.set(style('c'), 'body{background-color:rgb(3, 3, 3)}');
    const older = server.hold('style-bbbbbbbbbb'), newest = server.hold('style-cccccccccc');
    server.publish({ styles: [server.styles[0], style('b')] });
    await until('the older is asked for', () => older.caught);
    server.publish({ styles: [server.styles[0], style('c')] });
    await until('the newest is asked for', () => newest.caught);
    older.open();
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(2, 2, 2)');
    newest.open();
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(3, 3, 3)');
    await until('the newest alone', async () => (await links(page)).join() === [server.styles[0], style('c')].join());
  });
});

describe('the feed', () => {
  check('a stream that was refused is asked for again', async ({ server, open }) => {
    server.refuse = true;
    const page = await open();
    await until('a refusal', () => server.refused > 0);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor(); // by the clock
    server.refuse = false;
    await until('a stream', () => server.streams.size === 1);
  });

  check('nine tabs share one stream, all see every change, and the next takes over', async ({ server, context, open }) => {
    const tabs = [];
    for (let i = 0; i < 9; i++) tabs.push(await open());
    await until('one stream', () => server.streams.size === 1);
    server.page('/web/', { hash: 'home-2', body: '<h1>สอง</h1>' });
    server.publish();
    for (const tab of tabs) await tab.locator('h1', { hasText: 'สอง' }).waitFor();
    for (let left = 9; left > 1; left -= 4) { // whichever tab leads, closing most of them closes it
      const ever = server.streamsEver;
      for (const tab of tabs.splice(0, 4)) await tab.close();
      await until('one stream again', () => server.streams.size === 1);
      assert.ok(server.streamsEver >= ever);
      server.page('/web/', { hash: 'left-' + left, body: `<h1>เหลือ ${left}</h1>` });
      server.publish();
      for (const tab of tabs) await tab.locator('h1', { hasText: 'เหลือ ' + left }).waitFor();
    }
  });

  check('questions are never two at once, and a burst costs one more', async ({ server, open }) => {
    const page = await open();
    await settled(server, page);
    const gate = server.hold('state');
    server.publish();
    await until('a question', () => gate.caught === 1);
    const before = server.asked.length;
    for (let i = 0; i < 20; i++) server.publish();
    const n = 4242;
    server.publish({ state: { problems: { ...quiet, warnings: n } } });
    // The burst has arrived when the page itself has seen its last event: it lies in front of this answer.
    await page.evaluate(path => new Promise(done => {
      const own = new EventSource(path);
      own.addEventListener('revision', () => { own.close(); done(); });
    }), '/web/__prongsai/events');
    gate.open();
    await page.getByText(words.th.warnings_many.replace('{n}', n)).waitFor();
    assert.equal(server.asked.length - before, 2);
  });

  check('without a secure address the page asks by itself', async ({ server, open }) => {
    const page = await open('/web/', 'lan.test');
    assert.equal(await page.evaluate(() => isSecureContext), false);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor();
    assert.equal(server.streamsEver, 0);
    await server.stop();
    await page.locator('prongsai-preview .bar', { hasText: words.th.lost }).waitFor();
    server.page('/web/', { hash: 'home-3', body: '<h1>กลับมา</h1>' });
    await server.start();
    await page.locator('h1', { hasText: 'กลับมา' }).waitFor();
  });

  check('a lost server is told, and all tabs heal when it is back', async ({ server, open }) => {
    const tabs = [await open(), await open(), await open()];
    for (const tab of tabs) await mark(tab);
    await server.stop();
    for (const tab of tabs) await tab.locator('prongsai-preview .bar', { hasText: words.th.lost }).waitFor();
    server.run = 'c3d4'; // another run with the same pages
    server.revision = 1;
    await server.start();
    for (const tab of tabs) await until('the word is gone', async () => !(await barText(tab)).includes(words.th.lost));
    for (const tab of tabs) assert.ok(await marked(tab), 'the same page in another run is no reason to reload');
    await until('one stream', () => server.streams.size === 1);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    for (const tab of tabs) await tab.locator('h1', { hasText: 'ใหม่' }).waitFor();
  });

  check('what changed while the server was away is seen when it is back', async ({ server, open }) => {
    const page = await open();
    await server.stop();
    await page.locator('prongsai-preview .bar', { hasText: words.th.lost }).waitFor();
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.run = 'c3d4';
    await server.start();
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor();
  });

  check('a page without network catches up when it is online again', async ({ server, context, open }) => {
    const page = await open();
    await context.setOffline(true);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await context.setOffline(false);
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor();
  });

  check('a hidden page that heard nothing catches up when it is shown', async ({ server, open }) => {
    const page = await open();
    await until('a stream', () => server.streams.size === 1);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.revision += 1; // nobody is told
    await page.evaluate(() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); });
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor();
  });

  check('a hidden page does not knock at a closed door', async ({ server, open }) => {
    const page = await open();
    await page.evaluate(() => {
      window.asked = 0;
      const real = window.fetch;
      window.fetch = (...what) => { window.asked += 1; return real(...what); };
    });
    await server.stop();
    await page.locator('prongsai-preview .bar', { hasText: words.th.lost }).waitFor();
    await page.waitForFunction(() => window.asked > 1); // it does while it is visible
    const asked = await page.evaluate(() => new Promise(done => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
      const before = window.asked;
      setTimeout(() => done(window.asked - before), 3000); // three turns of the clock that must not turn
    }));
    assert.ok(asked <= 1, `${asked} questions while hidden`); // one may have been under way
  });

  // The events are made by hand: under automation a page counts as visible and the browser never freezes it.
  check('a frozen leader lets another tab lead, and catches up when it thaws', async ({ server, open }) => {
    const leader = await open();
    await until('a stream', () => server.streams.size === 1);
    const other = await open();
    const ever = server.streamsEver;
    await leader.evaluate(() => { document.dispatchEvent(new Event('freeze')); });
    await until('the other leads', () => server.streamsEver === ever + 1 && server.streams.size === 1);
    await mark(leader);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await other.locator('h1', { hasText: 'ใหม่' }).waitFor();
    assert.ok(await marked(leader), 'a frozen page does nothing');
    await leader.evaluate(() => { document.dispatchEvent(new Event('resume')); });
    await leader.locator('h1', { hasText: 'ใหม่' }).waitFor();
  });

  check('a leader that hangs without a word does not leave the others blind', async ({ server, open }) => {
    const leader = await open();
    await until('a stream', () => server.streams.size === 1);
    const other = await open();
    // It keeps the lock and the stream, but asks nothing and passes nothing on. (A debugger's pause would stop the
    // other tab too where the browser, short of memory, lets both share a process.)
    await leader.evaluate(() => {
      BroadcastChannel.prototype.postMessage = () => {};
      window.fetch = () => new Promise(() => {});
    });
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await other.locator('h1', { hasText: 'ใหม่' }).waitFor({ timeout: 25000 }); // by the clock
    assert.equal(server.streamsEver, 1, 'nobody took over');
  });

  check('a page from the back-forward cache catches up', async ({ server, open }) => {
    server.page('/web/next/', { hash: 'next-1', body: '<h1>ถัดไป</h1>' });
    const page = await open();
    await page.evaluate(() => addEventListener('pageshow', e => { sessionStorage.setItem('persisted', e.persisted); }));
    await page.goto(server.url('/web/next/'));
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await page.goBack();
    await page.locator('h1', { hasText: 'ใหม่' }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('persisted')), 'true', 'the page came from the cache');
  });
});

describe('the bar', () => {
  check('tells the item, the year, the errors and the warnings', async ({ server, open }) => {
    server.state = { check: year, ...troubled([error({ here: false }), error({ here: false, code: 'b' }), error({ severity: 'warning', here: false })]) };
    const page = await open();
    const said = (await barText(page)).replace(/\s+/g, ' ');
    for (const part of ['O18', 'ข้อมูลไม่ครบ', '5/6', 'ปี 2568: 27/28', 'ผิดพลาด 2 ข้อ', 'ควรตรวจ 1 ข้อ']) assert.ok(said.includes(part), `${part} in “${said}”`);
    const region = page.getByRole('region', { name: words.th.preview });
    assert.equal(await region.getAttribute('lang'), 'th');
    assert.equal(await sheet(page).isVisible(), false, 'errors of other pages stay in the bar');
  });

  check('speaks English on an English page', async ({ server, open }) => {
    Object.assign(server, { lang: 'en', state: troubled([error({ here: false })]) });
    const page = await open();
    assert.match(await barText(page), /1 error(?!s)/);
    assert.equal(await page.getByRole('region', { name: 'Preview' }).getAttribute('lang'), 'en');
  });

  check('lists the elements with their state, place and file', async ({ server, open }) => {
    server.state = { check: year };
    const page = await open();
    await page.locator('[data-key=item]').click();
    const rows = page.locator('.rows li');
    assert.equal(await rows.count(), 5);
    for (const [i, { word }] of item.rows.entries()) assert.equal(await rows.nth(i).locator('.tag').innerText().then(t => t.replace(/^\S\s*/, '')), word);
    const shapes = await page.locator('.rows .sign').allInnerTexts();
    assert.equal(new Set(shapes).size, 5, 'each state has a sign of its own');
    assert.equal(await rows.first().getByRole('link').getAttribute('href'), '/web/2568/x/#a');
    await rows.first().getByRole('button').click();
    await until('the file is opened', () => server.opened.length === 1);
    assert.deepEqual(server.opened, [{ file: 'content/2568/x.md', line: '3', status: 204 }]);
    await page.locator('.status', { hasText: words.th.opened }).waitFor();
  });

  check('tells why a file could not be opened', async ({ server, open }) => {
    Object.assign(server, { openAnswer: [500, 'ไม่มีโปรแกรมแก้ไข <b>'], state: { edit: { file: 'content/index.md', line: 1 } } });
    const page = await open();
    await page.locator('[data-key=edit]').click();
    await page.locator('.status', { hasText: 'ไม่มีโปรแกรมแก้ไข <b>' }).waitFor();
  });

  check('where no file may be opened its name can be copied', async ({ server, context, open }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    server.state = { canOpen: false, edit: { file: 'content/index.md', line: 7 } };
    const page = await open();
    assert.ok((await barText(page)).includes('content/index.md:7'));
    await page.locator('[data-key=edit]').click();
    await page.locator('.status', { hasText: words.th.copied }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'content/index.md:7');
    assert.deepEqual(server.opened, []);
  });

  check('without a clipboard the name is selected', async ({ server, open }) => {
    server.state = { canOpen: false, edit: { file: 'content/index.md', line: 7 } };
    const page = await open('/web/', 'lan.test');
    await page.locator('[data-key=edit]').click();
    await page.locator('.status', { hasText: words.th.selected }).waitFor();
    assert.equal(await page.evaluate(() => getSelection().toString()), 'content/index.md:7');
  });

  check('stays small over pages and reloads once made small', async ({ server, open }) => {
    server.page('/web/next/', { hash: 'next-1', body: '<h1>ถัดไป</h1>' });
    server.state = { check: year };
    const page = await open();
    const full = (await page.locator('.bar').boundingBox()).width;
    await page.getByRole('button', { name: words.th.minimise }).click();
    await page.goto(server.url('/web/next/'));
    const small = page.getByRole('button', { name: words.th.expand });
    await small.waitFor();
    assert.ok((await page.locator('.bar').boundingBox()).width < full / 3);
    await small.click();
    await page.getByRole('button', { name: words.th.minimise }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: words.th.minimise }).waitFor();
  });

  check('hides nothing of the page', async ({ server, open }) => {
    server.page('/web/', { hash: 'a', body: tall('<p id="end">สุดท้าย</p>') });
    server.state = { check: year };
    const page = await open();
    await page.waitForFunction(() => {
      scrollTo(0, 1e6);
      const bar = document.querySelector('prongsai-preview').shadowRoot.querySelector('.bar').getBoundingClientRect();
      return document.getElementById('end').getBoundingClientRect().bottom <= bar.top;
    });
  });

  check('is not printed, nor is its room', async ({ open }) => {
    const page = await open();
    await page.waitForFunction(() => parseFloat(getComputedStyle(document.documentElement).paddingBottom) > 20);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('prongsai-preview').evaluate(host => getComputedStyle(host).display), 'none');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).paddingBottom), '0px');
  });

  check('fits 320 pixels, with targets for fingers', async ({ server, open }) => {
    server.state = { check: year, edit: { file: 'content/2568/x.md', line: 1 }, ...troubled([error(), error({ severity: 'warning', code: 'w', here: false })]) };
    const page = await open();
    await page.locator('.problem').first().waitFor();
    const measure = () => page.evaluate(() => {
      const root = document.querySelector('prongsai-preview').shadowRoot;
      return { wide: [document.documentElement, root.querySelector('.bar'), root.querySelector('.sheet')].filter(e => e.scrollWidth > e.clientWidth + 1).length,
        low: [...root.querySelectorAll('button, a')].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.textContent) };
    });
    assert.deepEqual(await measure(), { wide: 0, low: [] });
    await page.locator('[data-key=item]').click();
    await page.locator('.rows').waitFor();
    assert.deepEqual(await measure(), { wide: 0, low: [] });
  }, { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  check('works from the keyboard', async ({ server, open }) => {
    server.state = { check: year };
    server.page('/web/', { hash: 'a', body: '<h1>ก</h1><a href="#x">ข</a>' });
    const page = await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.dataset.key);
    assert.equal(await focused(), 'item');
    await page.keyboard.press('Enter');
    await sheet(page).waitFor();
    assert.equal(await page.locator('[data-key=item]').getAttribute('aria-expanded'), 'true');
    await page.locator('[data-key=go]').focus();
    await page.keyboard.press('Escape');
    await sheet(page).waitFor({ state: 'hidden' });
    assert.equal(await focused(), 'item', 'focus goes back to the button of the panel');
  });

  check('an open panel, its place and its focus outlast a reload', async ({ server, open }) => {
    const rows = Array.from({ length: 60 }, (_, i) => row('shown', 'มี', { text: 'แถว ' + i, href: '#r' + i }));
    server.state = { check: { ...year, item: { ...item, rows } } };
    const page = await open();
    await page.locator('[data-key=item]').click();
    await page.locator('[data-key="row 30"]').focus();
    const top = await sheet(page).evaluate(e => { window.mark = true; e.scrollTop = 700; return e.scrollTop; });
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await reloaded(page);
    await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.dataset.key === 'row 30');
    assert.equal(await sheet(page).evaluate(e => e.scrollTop), top);
  });

  check('uses no inline style', async ({ server, open }) => {
    server.state = { check: year, ...troubled([error()]) };
    const page = await open();
    await page.locator('.problem').waitFor();
    assert.equal(await page.evaluate(() => document.querySelectorAll('[style], style').length
      + document.querySelector('prongsai-preview').shadowRoot.querySelectorAll('[style], style').length), 0);
  });
});

describe('messages', () => {
  check('errors that hold this page open the panel, without taking the focus', async ({ server, open }) => {
    server.page('/web/', { hash: 'a', body: '<h1>ก</h1><input id="find">' });
    const page = await open();
    await page.locator('#find').focus();
    server.publish({ state: troubled([error(), error({ code: 'second', message: 'อีกข้อ' })]) });
    await page.locator('.problem').nth(1).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
    const said = await sheet(page).innerText();
    for (const part of [words.th.stale, 'content/site.toml:14:10', 'digits = "thaii"', 'หมายถึง "thai" ใช่หรือไม่', words.th.hint, 'unknown-value', 'ผิดพลาด'])
      assert.ok(said.includes(part), `${part} in “${said}”`);
    await until('it is spoken', async () => (await spoken(page)) === 'ผิดพลาด 2 ข้อ');
    assert.equal(await page.getByRole('button', { name: /ผิดพลาด 2 ข้อ/ }).getAttribute('aria-expanded'), 'true');
  });

  for (const [what, text, from, to, marked] of [
    ['ascii', 'digits = "thaii"', 9, 16, '"thaii"'],
    ['Thai with marks above and below', 'title = "ที่ตั้งอยู่ที่นี่"', 12, 16, 'ตั้ง'],
    ['a cut inside a Thai letter', 'ที่ตั้ง', 2, 4, 'ที่ต'.slice(0, 3) + 'ตั้'],
    ['letters outside the first plane', '𝒳𝒴 = 1', 2, 4, '𝒴'],
    ['an empty place', 'abc', 1, 1, ''],
    ['a very long line', 'ก'.repeat(5000) + 'ผิด' + 'ข'.repeat(5000), 5000, 5003, 'ผิด'],
  ])
    check(`the mark is under the right letters: ${what}`, async ({ server, open }) => {
      server.state = troubled([error({ places: [place({ text, from, to })] })]);
      const page = await open();
      const code = page.locator('.line code');
      assert.equal(await code.locator('mark').textContent(), marked);
      const whole = await code.textContent();
      if (text.length < 300) assert.equal(whole, text);
      else assert.ok(whole.length < 400 && whole.startsWith('…') && whole.endsWith('…'));
    });

  check('what a message contains stays letters', async ({ server, open }) => {
    const evil = '<script>window.evil=1</script><img src=x onerror="window.evil=1">';
    server.state = { ...troubled([error({ message: evil, code: evil, word: evil, hints: [evil], places: [place({ file: evil, text: evil, from: 0, to: 8, label: evil })] })]),
      check: { ...year, label: evil, item: { ...item, word: evil, title: evil, rows: [row('shown', evil, { text: evil, note: evil })] } } };
    const page = await open();
    assert.equal(await page.locator('.problem h3').textContent(), evil);
    await page.locator('[data-key=item]').click();
    assert.equal(await page.locator('.rows .what small').textContent(), evil);
    assert.equal(await page.evaluate(() => window.evil), undefined);
    assert.equal(await page.locator('prongsai-preview img, prongsai-preview script').count(), 0);
  });

  check('put aside, they come back only for something new', async ({ server, open }) => {
    server.state = troubled([error()]);
    const page = await open();
    await sheet(page).waitFor();
    await page.keyboard.press('Escape');
    await sheet(page).waitFor({ state: 'hidden' });
    await settled(server, page, { state: troubled([error({ places: [place({ line: 15 })] })]) }); // the same, a line lower
    assert.equal(await sheet(page).isVisible(), false);
    await mark(page);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish();
    await reloaded(page);
    await settled(server, page, { state: troubled([error()]) });
    assert.equal(await sheet(page).isVisible(), false, 'nor after a reload');
    server.publish({ state: troubled([error(), error({ code: 'new', message: 'ใหม่' })]) });
    await sheet(page).waitFor();
    await page.getByRole('button', { name: words.th.close, exact: true }).click();
    await sheet(page).waitFor({ state: 'hidden' });
  });

  check('mended, they go by themselves and that is told', async ({ server, open }) => {
    server.state = troubled([error()]);
    const page = await open();
    await sheet(page).waitFor();
    server.publish({ state: {} });
    await sheet(page).waitFor({ state: 'hidden' });
    await until('it is spoken', async () => (await spoken(page)) === words.th.mended);
    server.publish({ state: troubled([error()]) });
    await sheet(page).waitFor();
    await page.keyboard.press('Escape');
    await settled(server, page, { state: {} });
    server.publish({ state: troubled([error()]) }); // put aside, mended and broken again is new
    await sheet(page).waitFor();
  });

  check('mended by a new page, that is told on the new page', async ({ server, open }) => {
    server.state = troubled([error()]);
    const page = await open();
    await sheet(page).waitFor();
    await mark(page);
    server.page('/web/', { hash: 'home-2', body: '<h1>ใหม่</h1>' });
    server.publish({ state: {} });
    await reloaded(page);
    await until('it is spoken', async () => (await spoken(page)) === words.th.mended);
    assert.equal(await sheet(page).isVisible(), false);
  });

  check('those not shown here are counted', async ({ server, open }) => {
    const state = troubled([error()]);
    state.problems.more = 7;
    server.state = state;
    const page = await open();
    await page.getByText(words.th.more_many.replace('{n}', 7)).waitFor();
  });
});
