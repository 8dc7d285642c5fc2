// The example municipality before judges that are not ours: one page of each kind in a real browser, every page by the
// validators of HTML.
//
// What they found is kept in themes/default/tested.json, from where the accessibility statement of each site takes it.
// A run that finds something else fails; UPDATE_SNAPSHOTS=1 writes the file anew, with the day.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch as launchChrome } from 'chrome-launcher';
import { HtmlValidate } from 'html-validate';
import lighthouse from 'lighthouse';
import { findChromium, launch } from './browser.mjs';
import { CHECKS, judge, withoutScript } from './judge.mjs';
import { AFTER, DURING, KINDS } from './kinds.mjs';
import { photograph, read } from './qr.mjs';
import { root, Site } from './site.mjs';

const require = createRequire(import.meta.url);
const sites = {};
let browser;
before(async () => {
  for (const day of [AFTER, DURING]) sites[day] = await Site.build(day);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) site.close();
});

const file = path => path === '' || path.endsWith('/') ? `${path}index.html` : path;
const kinds = Object.entries(KINDS).map(([name, kind]) => ({ name, day: AFTER, ...kind }));
const url = kind => sites[kind.day].url + kind.path;
// What this run has found, for themes/default/tested.json.
const found = { standard: 'WCAG 2.2 AA', kinds: [], checks: CHECKS, lighthouse: {} };
// Whether the page is there; one that must be and is not is an error of its own.
const there = (kind, t) => {
  const found = sites[kind.day].has(file(kind.path));
  if (!found && kind.optional) t.skip('the site has no such page');
  else assert.ok(found, `no page /${kind.path}`);
  return found;
};
async function within(options, work) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  try { return await work(context); } finally { await context.close(); }
}

describe('one page of each kind', { concurrency: 2 }, () => {
  for (const kind of kinds.filter(k => k.name !== 'redirect'))
    test(kind.name, { timeout: 120000 }, async t => {
      if (!there(kind, t)) return;
      const wrong = await within({}, context => judge(context, url(kind)));
      wrong.push(...await within({ javaScriptEnabled: false }, context => withoutScript(context, url(kind))));
      assert.deepEqual(wrong, []);
      found.kinds.push(kind.name);
    });
});

test('the judges see what is wrong', async () => {
  const site = sites[AFTER];
  site.extra.set('bad.html', readFileSync(new URL('bad.html', import.meta.url)));
  const wrong = await within({}, context => judge(context, site.url + 'bad.html'));
  wrong.push(...await within({ javaScriptEnabled: false }, context => withoutScript(context, site.url + 'bad.html')));
  const seen = new Set(wrong.map(line => line.split(':')[0]));
  assert.deepEqual(CHECKS.filter(check => !seen.has(check)), [], wrong.join('\n'));
});

test('a page that has moved sends its reader on', async () => {
  await within({}, async context => {
    const page = await context.newPage();
    await page.goto(url({ day: AFTER, path: KINDS.redirect.path }));
    await page.waitForURL(url({ day: AFTER, path: KINDS['complaint-channels'].path }));
  });
});

test('titles and descriptions are each page’s own', () => {
  const site = sites[AFTER];
  const seen = { title: new Map(), description: new Map() };
  const wrong = [];
  for (const name of site.pages) {
    const html = site.read(name);
    if (/http-equiv="refresh"/.test(html)) continue;
    const found = { title: /<title>([^<]*)<\/title>/.exec(html)?.[1].trim(), description: /<meta name="description" content="([^"]*)"/.exec(html)?.[1].trim() };
    for (const [what, words] of Object.entries(found)) {
      if (!words) wrong.push(`${name} has no ${what}`);
      else if (seen[what].has(words)) wrong.push(`${name} has the ${what} of ${seen[what].get(words)}: ${words}`);
      else seen[what].set(words, name);
    }
  }
  assert.deepEqual(wrong, []);
});

test('html-validate finds no error on any page', async () => {
  const site = sites[AFTER];
  const validator = new HtmlValidate(JSON.parse(readFileSync(new URL('html-validate.json', import.meta.url), 'utf8')));
  const wrong = [];
  for (const name of site.pages) {
    const report = await validator.validateString(site.read(name));
    for (const result of report.results)
      for (const m of result.messages) wrong.push(`${name}:${m.line}:${m.column} ${m.ruleId} ${m.message}`);
  }
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.ok(site.pages.length > 250, `${site.pages.length} pages`);
});

test('the Nu checker finds no error on any page or in the styles', () => {
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
  const run = spawnSync('java', ['-jar', jar, '--errors-only', '--skip-non-html', '--format', 'text', sites[AFTER].folder], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(run.error, undefined, 'Java is needed: tests/browser/install');
  assert.equal(run.status, 0, run.stderr.split('\n').slice(0, 20).join('\n'));
});

describe('QR codes lead to the address that the page shows', () => {
  for (const kind of kinds.filter(k => k.qr))
    test(kind.name, async t => {
      if (!there(kind, t)) return;
      await within({ deviceScaleFactor: 2 }, async context => {
        const page = await context.newPage();
        await page.goto(url(kind));
        const shown = await page.evaluate(() => [...document.querySelectorAll('.url, .address')].map(a => a.textContent.trim()));
        const codes = page.locator('main .qr svg, .poster main > svg');
        const count = await codes.count();
        assert.ok(count > 0 && shown.length > 0, 'a code, and its address in letters');
        const isShown = (text, where) => assert.ok(shown.includes(text), `${where}: “${text}” is none of ${shown}`);
        for (let n = 0; n < count; n++) {
          const picture = await codes.nth(n).screenshot();
          for (const [where, from] of [['the page', picture], ['a photograph', await photograph(context, picture)]]) {
            const texts = await read(from);
            assert.equal(texts.length, 1, `one code in ${where}`);
            isShown(texts[0], where);
          }
        }
        if (!kind.paper) return;
        const folder = mkdtempSync(join(tmpdir(), 'prongsai-'));
        try {
          writeFileSync(join(folder, 'poster.pdf'), await page.pdf({ preferCSSPageSize: true, printBackground: false }));
          execFileSync('pdftoppm', ['-r', '120', '-png', 'poster.pdf', 'poster'], { cwd: folder });
          const sheet = readFileSync(join(folder, 'poster-1.png'));
          assert.throws(() => readFileSync(join(folder, 'poster-2.png')), 'a poster is one sheet');
          for (const [where, from] of [['the PDF', sheet], ['a photograph of the sheet', await photograph(context, sheet)]]) {
            const texts = await read(from);
            assert.ok(texts.length > 0, `a code in ${where}`);
            for (const text of texts) isShown(text, where);
          }
        } finally { rmSync(folder, { recursive: true, force: true }); }
      });
    });
});

// With the script that sorts tables: what it puts into the heads is printed on the first sheet alone unless it is taken
// out of the way.
test('a table on paper has its heads on each sheet', { timeout: 60000 }, async () => {
  await within({}, async context => {
    const page = await context.newPage();
    await page.goto(`${sites[AFTER].url}2568/procurement-list/`, { waitUntil: 'load' });
    const folder = mkdtempSync(join(tmpdir(), 'prongsai-'));
    try {
      writeFileSync(join(folder, 'list.pdf'), await page.pdf({ preferCSSPageSize: true, printBackground: false }));
      const text = execFileSync('pdftotext', ['-layout', 'list.pdf', '-'], { cwd: folder, encoding: 'utf8' });
      const sheets = text.split('\f').filter(sheet => /6[78]\d{9}/.test(sheet));
      assert.ok(sheets.length > 2, `${sheets.length} sheets with rows`);
      for (const sheet of sheets) assert.match(sheet, /ราคากลาง/);
    } finally { rmSync(folder, { recursive: true, force: true }); }
  });
});

describe('Lighthouse gives full marks for accessibility, best practices and search engines', () => {
  const FULL = ['accessibility', 'best-practices', 'seo'];
  let chrome;
  before(async () => {
    chrome = await launchChrome({ chromePath: findChromium(), logLevel: 'silent',
      chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
  });
  after(() => chrome?.kill());
  for (const kind of kinds.filter(k => k.lighthouse))
    test(kind.name, { timeout: 180000 }, async t => {
      const { lhr } = await lighthouse(url(kind), { port: chrome.port, output: 'json', logLevel: 'silent', onlyCategories: [...FULL, 'performance'] });
      assert.equal(lhr.runtimeError, undefined);
      const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, category]) => [name, Math.round(category.score * 100)]));
      // Depends on the machine: told, not judged.
      t.diagnostic(`performance ${scores.performance}, first paint ${lhr.audits['first-contentful-paint'].displayValue}, ${lhr.audits['total-byte-weight'].displayValue}`);
      const lost = FULL.flatMap(name => lhr.categories[name].auditRefs)
        .filter(ref => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
        .map(ref => `${ref.id}: ${lhr.audits[ref.id].title} ${JSON.stringify(lhr.audits[ref.id].details?.items?.slice(0, 2) ?? '').slice(0, 300)}`);
      assert.deepEqual(lost, []);
      for (const name of FULL) assert.equal(scores[name], 100, name);
      found.lighthouse[kind.name] = Object.fromEntries(FULL.map(name => [name, scores[name]]));
    });
});

test('what the accessibility statement says of these tests is so', () => {
  const path = join(root, 'themes/default/tested.json');
  const version = name => JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
  found.kinds.sort();
  found.tools = Object.fromEntries(['axe-core', 'html-validate', 'vnu-jar', 'lighthouse'].map(name => [name, version(name)]));
  if (process.env.UPDATE_SNAPSHOTS) {
    writeFileSync(path, JSON.stringify({ day: new Date().toISOString().slice(0, 10), browser: `Chromium ${browser.version()}`, pages: sites[AFTER].pages.length, ...found }, null, 1) + '\n');
    return;
  }
  const { day, browser: _, pages, ...told } = JSON.parse(readFileSync(path, 'utf8'));
  assert.ok(pages > 0);
  assert.match(day, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(found, told, 'after a change of the judges or kinds: UPDATE_SNAPSHOTS=1 npm test in tests/browser');
});
