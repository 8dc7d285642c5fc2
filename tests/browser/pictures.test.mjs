// A large picture of the example in a real browser: which of its sizes a screen takes, that nothing jumps while it comes,
// and what a phone's first view weighs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { AFTER } from './kinds.mjs';
import { Site } from './site.mjs';

const PATH = 'news/2568-06-05-tree-planting/';
let site, browser;
before(async () => { site = await Site.build(AFTER); browser = await launch(); });
after(async () => { await browser?.close(); site?.close(); });

async function look(options, work) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    let bytes = 0;
    page.on('response', async reply => {
      const sizes = await reply.request().sizes().catch(() => null);
      bytes += sizes?.responseBodySize ?? 0;
    });
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(site.url + PATH, { waitUntil: 'networkidle' });
    const seen = await page.evaluate(() => {
      const image = document.querySelector('main picture img');
      const box = image.getBoundingClientRect();
      return { name: image.currentSrc.split('-').pop(), natural: [image.naturalWidth, image.naturalHeight],
        ratio: box.width / box.height, own: image.width / image.height, lazy: image.loading, moved: window.moved,
        wide: document.documentElement.scrollWidth, complete: image.complete };
    });
    await work(seen, bytes);
  } finally { await context.close(); }
}

for (const [name, width, deviceScaleFactor, wanted] of [
  ['a small phone', 320, 2, '640.webp'],
  ['a phone of triple density', 412, 3, '1600.webp'],
  ['a desk', 1280, 1, '1600.webp'],
])
  test(`${name} takes the size it needs`, async () => {
    await look({ viewport: { width, height: 700 }, deviceScaleFactor }, async (seen, bytes) => {
      assert.equal(seen.name, wanted);
      assert.ok(seen.complete && seen.natural[0] > 0);
      assert.notEqual(seen.lazy, 'lazy', 'it is seen first');
      assert.ok(Math.abs(seen.ratio - 2400 / 1350) < 0.02, `it is shown as it is: ${seen.ratio}`);
      assert.ok(seen.moved < 0.01, `nothing jumps: ${seen.moved}`);
      assert.ok(seen.wide <= width);
      if (width === 320) assert.ok(bytes > 0 && bytes < 150_000, `${bytes} bytes`);
    });
  });

test('its files are kept for good, as they are named by their content', async () => {
  const name = site.files.find(file => file.startsWith('assets/pictures/') && file.endsWith('.webp'));
  const reply = await fetch(site.url + name);
  assert.equal(reply.headers.get('content-type'), 'image/webp');
  assert.match(reply.headers.get('cache-control'), /immutable/);
});
