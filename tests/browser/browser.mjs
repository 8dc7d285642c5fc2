// Finds the Chromium of this machine and starts it without anything that talks to the network.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      try { accessSync(file, constants.X_OK); return file; } catch { /* not in this folder */ }
    }
  throw new Error('no Chromium found: run tests/browser/install, or name one in the variable CHROMIUM');
}

export function launch(more = []) {
  return chromium.launch({
    executablePath: findChromium(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'], // a page from this cache must find out that it is old
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP lan.test 127.0.0.1', ...more],
  });
}

// Chromium 156 now and then never answers to the closing of a context in which a tab is just exchanging its page for
// a newer one, as every tab of the preview does; so each tab comes to rest first.
export async function close(context) {
  for (const page of context.pages())
    // A reload under way may overtake it.
    while (page.url() !== 'about:blank') await page.goto('about:blank').catch(() => {});
  await context.close();
}
