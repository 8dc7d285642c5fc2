// Tables of the built site in a real browser: sorted and filtered in the page, whole without a script.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.PRONGSAI ?? join(root, 'target/debug/prongsai');
let folder, browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prongsai-'));
  execFileSync(binary, ['build', '--root', root, '--portable', '--quiet', '--output', join(folder, 'public')]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('pageerror', error => assert.fail(error));
  await page.goto(pathToFileURL(join(folder, 'public', path)).href);
  return page;
}
const column = (page, at) => page.$$eval('#procurement tbody tr:not([hidden])', (rows, at) => rows.map(row => row.cells[at].textContent), at);
const numbers = texts => texts.filter(t => t !== '–').map(t => Number(t.replaceAll(',', '')));

test('a heading sorts its column by keyboard: up, down, and back', async () => {
  const page = await open('2568/procurement/index.html');
  const was = await column(page, 7);
  const button = page.locator('#procurement thead button').nth(7);
  const heading = page.locator('#procurement thead th').nth(7);
  const status = page.locator('.tools', { has: page.locator('[role=status]') }).last().locator('[role=status]');
  await button.focus();
  await page.keyboard.press('Enter');
  assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
  const up = numbers(await column(page, 7));
  assert.deepEqual(up, up.toSorted((a, b) => a - b));
  assert.match(await status.textContent(), /ราคาที่ตกลง.*น้อยไปมาก/);
  await page.keyboard.press('Space');
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  assert.deepEqual(numbers(await column(page, 7)), up.toReversed());
  await page.keyboard.press('Enter');
  assert.equal(await heading.getAttribute('aria-sort'), null);
  assert.deepEqual(await column(page, 7), was);
  await page.context().close();
});

test('words filter the rows, also in Thai digits, and the status says how many', async () => {
  const page = await open('2568/procurement/index.html');
  const all = (await column(page, 1)).length;
  const tools = page.locator('.tools').last();
  await tools.locator('input').fill('น้ำมัน');
  const shown = await column(page, 1);
  assert.ok(shown.length > 0 && shown.length < all && shown.every(t => t.includes('น้ำมัน')), shown.join());
  assert.equal(await tools.locator('[role=status]').textContent(), `แสดง ${shown.length} จาก ${all} แถว`);
  await tools.locator('input').fill('๖๗๑๐๐๐๐๐๐๐๑');
  assert.equal((await column(page, 1)).length, 1);
  await tools.locator('input').fill('');
  assert.equal((await column(page, 1)).length, all);
  await page.context().close();
});

test('on a phone a list of columns sorts instead, and nothing is wider than the screen', async () => {
  const page = await open('2568/procurement/index.html', { viewport: { width: 320, height: 640 } });
  const tools = page.locator('.tools').last();
  await tools.locator('select').selectOption({ index: 16 });
  const down = numbers(await column(page, 7));
  assert.deepEqual(down, down.toSorted((a, b) => b - a));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await tools.locator('input').fill('น้ำมัน');
  const cards = page.locator('#procurement tbody tr');
  const [all, seen] = [await cards.count(), await cards.filter({ visible: true }).count()];
  assert.ok(seen > 0 && seen < all, `${seen} of ${all} cards are seen`);
  assert.deepEqual(await page.$$eval('thead button', buttons => buttons.filter(b => b.tabIndex >= 0).length), 0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.waitForFunction(() => document.querySelector('#procurement thead button').tabIndex === 0);
  await page.context().close();
});

test('groups keep their rows and headings', async () => {
  const page = await open('2568/index.html');
  const groups = () => page.$$eval('#items tbody', bodies => bodies.map(b => [b.rows[0].textContent, b.rows.length]));
  const was = await groups();
  await page.locator('#items thead button').nth(1).click();
  assert.deepEqual(await groups(), was);
  await page.context().close();
});

test('without a script the whole table stands, with links to its files', async () => {
  const page = await open('2568/procurement/index.html', { javaScriptEnabled: false });
  assert.equal(await page.locator('.tools, #procurement button').count(), 0);
  assert.ok(await page.locator('#procurement tbody tr').count() > 70);
  assert.ok(await page.locator('a[href$="data/2568/procurement.xlsx"]').count() > 0);
  await page.context().close();
});
