// The preview as the webmaster sees it: the program itself, real files, a real browser.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { close, launch } from './browser.mjs';
import { Program } from './program.mjs';

let browser, context, site;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { site = await Program.start(); context = await browser.newContext(); });
afterEach(async () => {
  await site.close(); // nothing is told to the tabs any more
  await close(context);
}, { timeout: 30_000 });

const HISTORY = 'content/pages/history.md';
const long = words => `${words}\n\n${'ย่อหน้ายาว ๆ ของหน้านี้\n\n'.repeat(80)}ท้ายหน้า`;
const bar = page => page.locator('prongsai-preview');
const button = (page, key) => bar(page).locator(`[data-key="${key}"]`);

async function open(path, from = context) {
  const page = await from.newPage();
  await page.goto(site.url + path);
  await bar(page).locator('.bar').waitFor();
  return page;
}
const shows = (page, words) => page.getByText(words).first().waitFor();

test('an edit appears without a manual reload, on the page and on lists, at the same place', async () => {
  site.page(HISTORY, 'ประวัติ', long('ก่อนแก้'));
  const page = await open('history/');
  await shows(page, 'ก่อนแก้');
  await page.evaluate(() => scrollTo(0, 1500));
  assert.equal(await page.evaluate(() => scrollY), 1500);
  site.page(HISTORY, 'ประวัติใหม่', long('หลังแก้'));
  await shows(page, 'หลังแก้');
  await page.waitForFunction(() => scrollY === 1500);
});

test('only tabs whose page changed reload', async () => {
  const [one, other] = [await open('history/'), await open('contact/')];
  for (const page of [one, other]) await page.evaluate(() => { window.same = true; });
  site.page(HISTORY, 'ประวัติ', 'แก้เฉพาะหน้านี้');
  await shows(one, 'แก้เฉพาะหน้านี้');
  assert.equal(await one.evaluate(() => window.same), undefined);
  // Both have heard of it before this message, which comes later, is told to both.
  site.page(HISTORY, 'ประวัติ', '[เสีย](nowhere.md)');
  await bar(other).locator('.bar', { hasText: '1 error' }).waitFor();
  assert.equal(await other.evaluate(() => window.same), true);
});

test('errors appear over the last good page and go when they are mended', async () => {
  const good = site.read('content/units.toml');
  const page = await open('history/');
  const before = await page.locator('main').innerText();
  await page.evaluate(() => { window.same = true; });
  site.write('content/units.toml', '[[unit]]\nid = "a"\nname = "<script>document.title = 1</script><b>ก</b>\n');
  const panel = bar(page).locator('section');
  await panel.waitFor();
  const told = await panel.innerText();
  for (const words of ['content/units.toml:3', '<script>document.title = 1</script>', 'What to do', 'last good version'])
    assert.ok(told.includes(words), `${words} in ${told}`);
  assert.equal(await panel.locator('b', { hasText: 'ก' }).count(), 0, 'text is text');
  assert.equal(await page.locator('main').innerText(), before);
  assert.equal(await page.evaluate(() => window.same), true, 'the page was not loaded again');
  // A tab that is opened now has it too, and so has a page that is not there.
  for (const path of ['contact/', 'no/such/page/']) await bar(await open(path)).locator('section').waitFor();
  site.write('content/units.toml', good);
  await panel.waitFor({ state: 'hidden' });
  await bar(page).locator('.bar', { hasText: 'Mended' }).waitFor();
});

test('a page that fails keeps its last good version until it is mended', async () => {
  site.page(HISTORY, 'ประวัติ', 'ฉบับดี');
  const page = await open('history/');
  await shows(page, 'ฉบับดี');
  site.page(HISTORY, 'ประวัติ', 'ฉบับเสีย [ไป](nowhere.md)');
  await bar(page).locator('section').waitFor();
  await page.reload();
  await shows(page, 'ฉบับดี');
  await bar(page).locator('section', { hasText: 'nowhere.md' }).waitFor();
  site.page(HISTORY, 'ประวัติ', 'ฉบับแก้แล้ว');
  await shows(page, 'ฉบับแก้แล้ว');
});

test('a page that was not there comes up where its address was waiting', async () => {
  const page = await open('plans/');
  await shows(page, 'ไม่พบหน้านี้');
  site.page('content/pages/plans.md', 'แผนงาน', 'มาแล้ว');
  await shows(page, 'มาแล้ว');
});

test('a hidden tab is at the newest version when it is looked at', async () => {
  const hidden = await open('history/');
  const session = await context.newCDPSession(hidden);
  // Playwright keeps all pages awake; this is what a browser does with one that nobody has looked at for a while.
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const front = await open('contact/');
  await front.bringToFront();
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  for (const words of ['หนึ่ง', 'สอง', 'สุดท้าย']) {
    site.page(HISTORY, 'ประวัติ', words);
    const seen = await open('history/');
    await shows(seen, words);
    await seen.close();
  }
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await hidden.bringToFront();
  await shows(hidden, 'สุดท้าย');
});

test('a tab that lost the server ends at the newest version of the next one', async () => {
  const page = await open('history/');
  await site.end();
  await bar(page).locator('.bar', { hasText: 'Lost the connection' }).waitFor();
  site.page(HISTORY, 'ประวัติ', 'แก้ตอนไม่มีเซิร์ฟเวอร์');
  await site.restart();
  await shows(page, 'แก้ตอนไม่มีเซิร์ฟเวอร์');
});

test('nine tabs of one browser all follow, and a tenth still loads', async () => {
  const tabs = [];
  for (let n = 0; n < 9; n++) tabs.push(await open('history/'));
  site.page(HISTORY, 'ประวัติ', 'ทุกแท็บ');
  await Promise.all(tabs.map(tab => shows(tab, 'ทุกแท็บ')));
  await shows(await open('history/'), 'ทุกแท็บ');
});

test('a stylesheet is exchanged without a reload', async () => {
  const page = await open('history/');
  await page.evaluate(() => { window.same = true; });
  for (const colour of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']) {
    site.write('themes/default/assets/style.css', `body { color: ${colour} }`);
    await page.waitForFunction(colour => getComputedStyle(document.body).color === colour, colour);
  }
  site.write('content/site.toml', site.read('content/site.toml').replace('#17498a', '#0a5c2b'));
  await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--link').trim() === '#0a5c2b');
  assert.equal(await page.evaluate(() => window.same), true);
  assert.equal(await page.locator('link[rel=stylesheet]').count(), 2);
});

test('the bar tells the elements of the page, follows an edit, and opens the file at its line', async () => {
  await site.end();
  site.script('editor', `#!/bin/sh\nprintf '%s' "$1 $2" > '${site.path('opened.tmp')}'\nmv '${site.path('opened.tmp')}' '${site.path('opened')}'\n`);
  await site.run(['--editor', `"${site.path('editor')}" {line} {file}`]);
  const page = await open('2568/powers-and-duties/');
  const item = button(page, 'item');
  const before = await item.innerText();
  assert.match(before, /^\W*O1 /);
  assert.match(await button(page, 'year').innerText(), /^2025\s\(B\.E\.\s2568\):\s\d+\/\d+$/);
  await item.click();
  const panel = bar(page).locator('section');
  const rows = panel.locator('li');
  assert.ok(await rows.count() > 0);
  const names = await rows.getByRole('button').evaluateAll(all => all.map(button => button.title));
  const name = 'content/2568/powers-and-duties.md';
  assert.deepEqual(names, [`${name}:6`, `${name}:3`], 'the heading itself, and the line that vouches');
  await rows.getByRole('button').last().click();
  const file = site.path('content/2568/powers-and-duties.md');
  await bar(page).locator('.bar', { hasText: 'Opened in your editor' }).waitFor();
  while (!site.has('opened')) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(site.read('opened'), `3 ${file}`);
  site.write('content/2568/powers-and-duties.md', '+++\nupdated = 2568-01-10\n+++\n\nไม่มีหัวข้อ\n');
  await page.waitForFunction(before => {
    const button = document.querySelector('prongsai-preview')?.shadowRoot.querySelector('[data-key=item]');
    return button && button.innerText !== before;
  }, before);
});

test('with --no-reload the page waits for a word', async () => {
  await site.end();
  await site.run(['--no-reload']);
  const page = await open('history/');
  await page.evaluate(() => { window.same = true; });
  site.page(HISTORY, 'ประวัติ', 'รอคำสั่ง');
  await bar(page).locator('.bar', { hasText: 'A newer version' }).waitFor();
  assert.equal(await page.evaluate(() => window.same), true);
  await button(page, 'load').click();
  await shows(page, 'รอคำสั่ง');
});

test('a phone on the network, which is no secure place, follows by asking', async () => {
  // Browsers trust this machine's own address; elsewhere on plain http they offer no locks.
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined }));
  const page = await open('history/');
  site.page(HISTORY, 'ประวัติ', 'เห็นบนโทรศัพท์');
  await shows(page, 'เห็นบนโทรศัพท์');
});
