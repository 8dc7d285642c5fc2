// The search of the published site in a real browser: what it finds, what it costs, and how it is used.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { Program } from './program.mjs';
import { StaticSite } from './serve-site.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.PRONGSAI ?? join(root, 'target/debug/prongsai');
const read = path => JSON.parse(readFileSync(join(root, 'tests/search', path), 'utf8'));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const LIMIT = 20000;

let browser, folder, site;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'prongsai-'));
  build(root, join(folder, 'example'));
  site = await new StaticSite(join(folder, 'example'), '/web/').start();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function build(from, to, ...flags) {
  execFileSync(binary, ['build', '--quiet', '--root', from, '--output', to, '--today', '2568-06-30', '--base-url', 'https://x.example/web', ...flags]);
}

// A page that may not say or ask anything that its content policy forbids.
async function open(context, address) {
  const page = await context.newPage();
  page.wrong = [];
  page.on('pageerror', error => page.wrong.push(String(error)));
  page.on('console', message => {
    if (message.location().url.endsWith('/favicon.ico')) return;
    if (message.type() === 'error' || /Content Security Policy/.test(message.text())) page.wrong.push(message.text());
  });
  await page.goto(address);
  await page.locator('form#search').waitFor();
  return page;
}

function check(name, run, options = {}) {
  test(name, { timeout: 90000 }, async () => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(LIMIT);
    try { await run(context); } finally { await context.close(); }
  });
}

const settled = (page, question) => page.waitForFunction(q => {
  const found = document.getElementById('found').dataset;
  return found.shown === q || found.failed === q;
}, question);

async function ask(page, question) {
  await page.locator('#q').fill(question);
  await settled(page, question);
  return results(page);
}

// Addresses of the results inside the site, best first.
const results = page => page.locator('#found li > a').evaluateAll(links => {
  const base = new URL(document.getElementById('search').dataset.root, location.href).href;
  return links.map(link => link.href.replace(base, '').replace(/#.*/, ''));
});
const status = page => page.locator('#found [role=status]');

check('texts are cut as the build cuts them', async context => {
  const page = await open(context, site.url + 'search/');
  const cut = await page.evaluate(texts => texts.map(window.prongsaiSearch.terms), read('terms.json').map(w => w.text));
  read('terms.json').forEach(({ text, terms }, i) => {
    // The build lists pairs and sounds run by run too.
    assert.deepEqual(cut[i], terms, JSON.stringify(text));
  });
});

test('the expected page is found first or near the top', { timeout: 180000 }, async t => {
  const queries = read('queries.json');
  assert.ok(queries.length >= 100);
  for (const { expect } of queries)
    for (const address of expect) assert.ok(existsSync(join(folder, 'example', address, 'index.html')), address);
  const misses = [];
  let five = 0, first = 0;
  for (const lang of ['th', 'en']) {
    const context = await browser.newContext();
    const page = await open(context, site.url + (lang === 'en' ? 'en/' : '') + 'search/');
    for (const { q, kind, expect } of queries.filter(query => query.lang === lang)) {
      const found = await ask(page, q);
      const rank = found.findIndex(address => expect.includes(address)) + 1;
      five += rank > 0 && rank <= 5;
      first += rank === 1;
      if (rank !== 1) misses.push(`${rank || '-'} ${kind} ${q}: ${found.slice(0, 3).join(' ')}`);
    }
    assert.deepEqual(page.wrong, []);
    await context.close();
  }
  t.diagnostic(`${queries.length} questions: ${five} in the first five, ${first} first`);
  const told = `${five} in the first five and ${first} first of ${queries.length}\n${misses.join('\n')}`;
  assert.ok(five >= queries.length * 0.95 && first >= queries.length * 0.8, told);
});

describe('in the page', () => {
  check('results come while typing, are told, marked, and kept in the address', async context => {
    const page = await open(context, site.url + 'search/');
    await page.locator('#q').pressSequentially('น้ำประปาขุ่น');
    await settled(page, 'น้ำประปาขุ่น');
    await status(page).filter({ hasText: 'พบ' }).waitFor();
    assert.deepEqual(await page.locator('#found mark').allInnerTexts().then(all => all.slice(0, 1)), ['น้ำประปาขุ่น']);
    assert.match(decodeURIComponent(page.url()), /\?q=น้ำประปาขุ่น$/);
    await page.locator('#found li > a').first().click();
    await page.locator('h1', { hasText: 'การถามตอบ' }).waitFor();
    await page.goBack({ waitUntil: 'commit' }); // a page that was kept whole is not loaded again
    await settled(page, 'น้ำประปาขุ่น');
    assert.equal(await page.locator('#q').inputValue(), 'น้ำประปาขุ่น');
    assert.ok((await results(page)).length > 0);
    assert.deepEqual(page.wrong, []);
  });

  check('back goes to the question before', async context => {
    const page = await open(context, site.url + 'search/?q=O18');
    await settled(page, 'O18');
    await page.locator('#q').fill('โครงสร้าง');
    await page.locator('#q').press('Enter');
    await settled(page, 'โครงสร้าง');
    assert.equal((await results(page))[0], '2568/structure/');
    await page.goBack();
    await settled(page, 'O18');
    assert.equal((await results(page))[0], '2568/complaint-channels/');
  });

  check('on a phone the first result is in the first view', async context => {
    const page = await open(context, site.url + 'search/?q=' + encodeURIComponent('ถนน'));
    await settled(page, 'ถนน');
    const top = await page.locator('#found li > a').first().evaluate(link => link.getBoundingClientRect().bottom + scrollY);
    assert.ok(top < 568, `the first result ends at ${top} px`);
    assert.equal(await page.locator('aside .notice').count(), 1);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  }, { viewport: { width: 320, height: 568 } });

  check('years and items narrow the results', async context => {
    const page = await open(context, site.url + 'search/?q=' + encodeURIComponent('โครงสร้าง'));
    await settled(page, 'โครงสร้าง');
    await page.locator('#search-year').selectOption('2567');
    await page.waitForFunction(() => [...document.querySelectorAll('#found li > a')].every(a => a.pathname.includes('/2567/')));
    assert.equal((await results(page))[0], '2567/structure/');
    assert.match(page.url(), /year=2567/);
    await page.locator('#q').fill('');
    await page.locator('#search-item').selectOption('28');
    await page.waitForFunction(() => document.querySelector('#found li') && [...document.querySelectorAll('#found li span')].every(s => s.textContent.includes('O28')));
    assert.deepEqual((await results(page)).filter(a => !a.startsWith('2567/')), []);
  });

  check('the keyboard reaches every result and comes back', async context => {
    const page = await open(context, site.url + 'search/');
    await ask(page, 'งบประมาณ');
    const focused = () => page.evaluate(() => [...document.querySelectorAll('#found li > a')].indexOf(document.activeElement));
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 0);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 1);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
    const before = (await results(page)).length;
    await page.locator('#found button').press('Enter');
    await page.waitForFunction(n => document.querySelectorAll('#found li').length > n, before);
    assert.equal(await focused(), before);
  });

  check('what is typed is text, and nothing found is told with a way on', async context => {
    const page = await open(context, site.url + 'search/');
    await ask(page, '<img src=x onerror=alert(1)> ฎฏฐฑฒ');
    await status(page).filter({ hasText: /ไม่พบ “<img src=x onerror=alert\(1\)>/ }).waitFor();
    assert.equal(await page.locator('#found img').count(), 0);
    await ask(page, '');
    assert.equal(await page.locator('#found li').count(), 0);
    const english = await open(context, site.url + 'en/search/');
    await ask(english, 'zzzzqqqq');
    await status(english).filter({ hasText: 'Nothing found for “zzzzqqqq”' }).waitFor();
    assert.deepEqual([...page.wrong, ...english.wrong], []);
  });

  check('an index that cannot be loaded is told, and asked again on Enter', async context => {
    const own = await new StaticSite(join(folder, 'example')).start();
    try {
      own.broken = /assets\/search\/th\/s/;
      const page = await open(context, own.url + 'search/');
      await ask(page, 'โครงสร้าง');
      await status(page).filter({ hasText: 'โหลดดัชนีค้นหาไม่สำเร็จ' }).waitFor();
      own.broken = null;
      await page.locator('#q').press('Enter');
      await page.locator('#found li > a', { hasText: 'โครงสร้าง' }).first().waitFor();
    } finally { await own.stop(); }
  });

  check('an index that was published anew meanwhile is fetched again', async context => {
    const page = await open(context, site.url + 'search/');
    await ask(page, 'O18');
    // As if this page held the index of another day, with other numbers of pages.
    const wrong = join(folder, 'wrong');
    build(join(root, 'tests/it/base'), wrong);
    const own = await new StaticSite(join(folder, 'example')).start();
    try {
      const old = readFileSync(join(wrong, 'assets/search/th/index.js'), 'utf8');
      let first = true;
      await context.route('**/assets/search/th/index.js*', route => {
        if (!first) return route.continue();
        first = false;
        return route.fulfill({ body: old, contentType: 'text/javascript' });
      });
      const other = await open(context, own.url + 'search/');
      assert.equal((await ask(other, 'โครงสร้าง'))[0], '2568/structure/');
      assert.equal(first, false);
    } finally { await own.stop(); }
  });

  check('without scripts there is an index instead of the form', async context => {
    const page = await context.newPage();
    await page.goto(site.url);
    await page.locator('header input[name=q]').fill('โครงสร้าง');
    await page.locator('header input[name=q]').press('Enter');
    await page.locator('h2', { hasText: 'ดัชนี ก–ฮ' }).waitFor();
    assert.equal(await page.locator('form#search').isVisible(), false);
    await page.locator('.index a', { hasText: /^โครงสร้าง$/ }).first().click();
    await page.locator('h1', { hasText: 'โครงสร้าง' }).waitFor();
  }, { javaScriptEnabled: false });

  for (const [lang, question] of [['', 'จัดซื้อจัดจ้าง'], ['en/', 'garbage truck']])
    check(`a judge of access finds nothing in ${lang || 'th/'}search/ with results`, async context => {
      const page = await open(context, site.url + lang + 'search/');
      await ask(page, question);
      await status(page).filter({ hasText: /พบ|found/ }).waitFor();
      // Through the debugger, so that the page's own policy stays in force.
      await page.evaluate(readFileSync(axe, 'utf8'));
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      assert.deepEqual(found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`), []);
    }, { viewport: { width: 360, height: 740 } });
});

check('a portable site is searched from a folder', async context => {
  const portable = join(folder, 'portable');
  build(root, portable, '--portable');
  const page = await open(context, pathToFileURL(join(portable, 'search/index.html')).href);
  for (const [question, to] of [['จริยะธรรม', '2568/ethics-promotion/index.html'], ['O18', '2568/complaint-channels/index.html']])
    assert.equal((await ask(page, question))[0], to);
  await page.locator('#found li > a').first().click();
  await page.locator('h1', { hasText: 'ช่องทางแจ้งเรื่องร้องเรียน' }).waitFor();
  await page.locator('header input[name=q]').fill('โครงสร้าง');
  await page.locator('header input[name=q]').press('Enter');
  await settled(page, 'โครงสร้าง');
  assert.equal((await results(page))[0], '2568/structure/index.html');
  // Browsers preload no font of a folder, and say so.
  assert.deepEqual(page.wrong.filter(w => !/font|ERR_FAILED/.test(w)), []);
});

check('the preview answers the search of what was just saved', async context => {
  const program = await Program.start();
  try {
    const page = await context.newPage();
    await page.goto(program.url + 'search/');
    await page.locator('form#search').waitFor();
    assert.ok(!(await ask(page, 'หิมะแรก')).includes('snow/'));
    program.page('content/pages/snow.md', 'หิมะแรก', 'หิมะตกที่บึง');
    await page.waitForFunction(() => [...document.querySelectorAll('.index a')].some(a => a.textContent === 'หิมะแรก'));
    assert.deepEqual(await ask(page, 'หิมะแรก').then(all => all.slice(0, 1)), ['snow/']);
  } finally { await program.close(); }
});

// A site of a thousand pages in sentences of the example, each page other ones.
function thousand(to) {
  const sentences = [];
  const walk = at => readdirSync(at, { withFileTypes: true }).forEach(entry => {
    const path = join(at, entry.name);
    if (entry.isDirectory()) { if (entry.name !== 'en') walk(path); return; }
    if (!/\.(md|toml)$/.test(entry.name)) return;
    for (const line of readFileSync(path, 'utf8').split('\n'))
      for (const part of line.split(/["|]|\]\([^)]*\)|\[|\{[^}]*\}/))
        if (/^[^=]*[ก-ฮ]/.test(part) && part.trim().length > 30) sentences.push(part.trim().replace(/[#*`<>+]/g, ''));
  });
  walk(join(root, 'content'));
  let state = 20568;
  const below = n => (state = (state * 48271) % 2147483647) % n;
  for (const [path, bytes] of Object.entries({ 'content/site.toml': readFileSync(join(root, 'tests/it/base/content/site.toml')) })) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), bytes.toString().replace(/^(logo|\[\[|to |title|about|theme|motto|current_year).*$/gm, ''));
  }
  for (let n = 0; n < 1000; n++) {
    const path = join(to, 'content/pages', `p${n % 40}`, `q${n}.md`);
    mkdirSync(dirname(path), { recursive: true });
    const some = () => Array.from({ length: 4 + below(8) }, () => sentences[below(sentences.length)]).join(' ');
    const body = Array.from({ length: 2 + below(4) }, (_, i) => `## ${sentences[below(sentences.length)].slice(0, 40)}\n\n${some()}\n`).join('\n');
    writeFileSync(path, `+++\ntitle = "${sentences[below(sentences.length)].slice(0, 60).replace(/["\\]/g, '')} ${n}"\n+++\n\n${body}`);
  }
}

test('at a thousand pages a search costs little', { timeout: 240000 }, async () => {
  const from = join(folder, 'thousand'), to = join(folder, 'thousand-public');
  thousand(from);
  build(from, to);
  const own = await new StaticSite(to).start();
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  context.setDefaultTimeout(60000);
  try {
    const page = await open(context, own.url + 'search/');
    assert.ok((await ask(page, 'จัดซื้อจัดจ้าง')).length >= 5);
    const first = own.sum();
    assert.ok(first.sent < 150000, `the first search: ${JSON.stringify(first)}`);
    const costs = [];
    for (const question of ['เบี้ยยังชีพผู้สูงอายุ', 'แผนพัฒนาท้องถิ่น', 'จริยะธรรม', 'ข้อร้องเรียนการทุจริต', 'น้ำประปา', 'กองสวัสดิการ', 'ภาษีที่ดิน', 'ถนนคอนกรีตเสริมเหล็ก']) {
      await ask(page, question);
      costs.push([own.sum().sent, question]);
    }
    const mean = costs.reduce((sum, [bytes]) => sum + bytes, 0) / costs.length;
    assert.ok(costs.every(([bytes]) => bytes < 30000), `the next ones: ${JSON.stringify(costs)}`);
    console.log(`1,000 pages: first search ${first.sent} bytes in ${first.files} files, next ones ${Math.round(mean)} (most ${Math.max(...costs.map(c => c[0]))})`);
    assert.deepEqual(page.wrong, []);
  } finally {
    await context.close();
    await own.stop();
  }
});
