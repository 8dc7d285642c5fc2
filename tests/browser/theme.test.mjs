// The pages of the example in a real browser: columns that stay wide enough on a phone and on paper, the size of the
// code on a printed notice, a tagged PDF with numbered pages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';
import { host } from './host.mjs';
import { KINDS } from './kinds.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.PRONGSAI ?? join(root, 'target/debug/prongsai');
const tables = ['2568/', '2568/structure/', '2568/integrity-measures/', '2568/integrity-measures-report/', '2568/spending-progress/',
  '2568/procurement/', '2568/procurement/2568-02/', '2568/operation-progress/', '2568/complaint-statistics/', 'archive/', 'en/2568/'];
let browser, site, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prongsai-'));
  execFileSync(binary, ['build', '--root', root, '--output', join(folder, 'public'), '--today', '2568-03-14', '--quiet']);
  site = await host(join(folder, 'public'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(address, width, media) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  if (media) await page.emulateMedia({ media });
  await page.goto(site.url + address);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

// Words in a space that holds fewer than four letters of theirs, or that run out of it.
const squeezed = () => [...document.querySelectorAll('td, th, caption, dd, h1, h2, h3')].filter(e => {
  const words = e.textContent.trim();
  if (words.length < 8 || !e.checkVisibility() || getComputedStyle(e).clipPath !== 'none') return false;
  if (e.closest('thead') && getComputedStyle(e.closest('thead')).position === 'absolute') return false;
  const style = getComputedStyle(e);
  const inner = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return inner < 4 * parseFloat(style.fontSize) * 0.6 || e.scrollWidth > e.clientWidth + 1;
}).map(e => `${e.localName} ${e.textContent.trim().slice(0, 40)} ${e.clientWidth}px`);

test('at 320 px no page scrolls sideways and no column shrinks to syllables', async () => {
  for (const address of ['', ...tables, '2568/complaint-channels/', '2568/corruption-risk-assessment/', '2568/executives/', '2568/eit/', '2568/eit/poster/', 'contact/', '404.html']) {
    const page = await open(address, 320);
    assert.deepEqual(await page.evaluate(squeezed), [], address);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, `/${address} scrolls sideways`);
    await page.close();
  }
});

// Tables take the form that their own place has room for, not the window: cards, or columns without a scroll bar.
test('no table scrolls sideways or shrinks to syllables at any width, and as cards it is still a table', async () => {
  const asCards = new Set(), asColumns = new Set();
  for (const [kind, { path }] of Object.entries(KINDS).filter(([name]) => name !== 'redirect')) {
    const page = await open(path, 1280);
    for (const width of [320, 600, 800, 1024, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const tables = await page.evaluate(() => [...document.querySelectorAll('main table')].map(t => ({
        id: t.id, cards: getComputedStyle(t).display !== 'table',
        over: Math.max(t.getBoundingClientRect().width, t.parentElement.scrollWidth) - t.parentElement.clientWidth })));
      assert.deepEqual(await page.evaluate(squeezed), [], `${kind} at ${width} px`);
      for (const { id, cards, over } of tables) {
        assert.ok(over <= 1, `${kind} at ${width} px: #${id} is ${over} px wider than its place`);
        (cards ? asCards : asColumns).add(`${kind} ${id} ${width}`);
      }
    }
    await page.close();
  }
  // The longest list is in columns on a desk and in cards on a tablet; a short table is not in cards there.
  assert.ok(asColumns.has('procurement-list procurement 1280') && asCards.has('procurement-list procurement 1024'));
  assert.ok(asColumns.has('procurement-list months 800') && asCards.has('procurement-list months 320'));
  const page = await open('2568/procurement/2568-02/', 800);
  const seen = await page.locator('#procurement').ariaSnapshot();
  for (const role of ['table', 'columnheader', 'rowheader', 'cell']) assert.match(seen, new RegExp(`^\\s*- ${role}\\b`, 'm'), role);
  await page.close();
});

test('on A4 no column shrinks to syllables', async () => {
  for (const address of tables) {
    // A4 without the margins of the page: across where a wide table stands, else upright.
    const page = await open(address, 1280, 'print');
    const wide = await page.evaluate(() => !!document.querySelector('table.wide'));
    await page.setViewportSize({ width: Math.round((wide ? 273 : 180) / 25.4 * 96), height: 900 });
    const found = await page.evaluate(squeezed);
    const relevant = wide ? await page.evaluate(() => document.querySelectorAll('table.wide').length) : 1;
    assert.ok(relevant);
    assert.deepEqual(found, [], address);
    await page.close();
  }
});

test('the code on a printed notice is at least 9 cm wide without its quiet zone, and the notice is one page', async () => {
  for (const address of ['2568/eit/poster/', '2568/complaint-channels/poster/', 'en/2568/eit/poster/']) {
    const page = await open(address, 680, 'print');
    const { code, quiet } = await page.evaluate(() => {
      const svg = document.querySelector('main > svg');
      const all = svg.viewBox.baseVal.width, [paper, dark] = svg.querySelectorAll('path');
      const scale = svg.getBoundingClientRect().width / all / 96 * 2.54;
      const box = dark.getBBox();
      return { code: box.width * scale, quiet: Math.min(box.x, paper.getBBox().width - box.x - box.width) };
    });
    assert.ok(code >= 9, `${address}: ${code} cm`);
    assert.ok(quiet >= 4, `${address}: a quiet zone of ${quiet} modules`);
    const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, `${address} has more than one page`);
    await page.close();
  }
});

test('a report prints as a tagged document: a cover alone, its wide table across', async () => {
  const page = await open('2568/integrity-measures-report/', 1280, 'print');
  const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString('latin1');
  assert.match(pdf, /\/MarkInfo\s*<<[^>]*\/Marked true/);
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]+)\]/g)].map(([, box]) => box.trim().split(/\s+/).map(Number));
  assert.ok(boxes.some(([, , w, h]) => w > h) && boxes.some(([, , w, h]) => w < h), JSON.stringify(boxes));
  const shown = await page.evaluate(() => ['header.site .name', 'nav', '.checklist', '#facts', 'footer.site', '.over']
    .filter(s => document.querySelector(s)?.checkVisibility()));
  assert.deepEqual(shown, [], 'parts of the website on the document');
  await page.close();
});

test('what follows a wide table goes on its sheets, and a month of purchases is printed across', async () => {
  for (const [address, upright] of [['2568/procurement-list/', 2], ['2568/procurement/2568-02/', 0], ['2568/integrity-measures/', 3], ['2568/spending-progress/', 4], ['2568/structure/', 4]]) {
    const page = await open(address, 1280, 'print');
    const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString('latin1');
    const across = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]+)\]/g)].map(([, box]) => box.trim().split(/\s+/).map(Number)).map(([, , w, h]) => w > h);
    assert.ok(across.length > upright, `${address}: ${across}`);
    assert.deepEqual(across, across.map((_, sheet) => sheet >= upright), address);
    await page.close();
  }
});

test('figures of a chart of scores stand at the ends of their bars', async () => {
  const page = await open('2568/#score-chart', 1280);
  const gaps = await page.evaluate(() => [...document.querySelectorAll('#score-chart p svg')].flatMap(svg => {
    const ends = [...svg.querySelectorAll('rect[class]')].map(r => r.getBoundingClientRect().right);
    return [...svg.querySelectorAll('text')].map((text, n) => Math.round(text.getBoundingClientRect().left - ends[n]));
  }));
  assert.ok(gaps.length >= 20 && gaps.every(gap => gap >= 0 && gap < 60), gaps.join());
  await page.close();
});
