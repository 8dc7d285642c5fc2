// Own checks of a page in a real browser: what axe does not see. Each tells what is wrong and where.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 640 };

// The checks by the name under which the accessibility statement counts them.
export const CHECKS = ['axe-light', 'axe-dark', 'axe-320', 'reflow-320', 'text-spacing', 'skip-link', 'keyboard-trap', 'focus-visible',
  'focus-obscured', 'squeezed-320', 'squeezed-print', 'print-width', 'language', 'motion', 'table-names', 'loading', 'without-script'];

// All that is wrong with the page at `url`.
export async function judge(context, url) {
  const wrong = [];
  const fail = (rule, detail) => wrong.push(`${rule}: ${detail}`);
  const origin = new URL(url).origin;
  const page = await context.newPage();
  page.on('request', request => { if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) fail('loading', `asks another host: ${request.url()}`); });
  page.on('response', reply => { if (reply.status() >= 400 && reply.url() !== url) fail('loading', `${reply.status()} ${reply.url()}`); });
  page.on('pageerror', error => fail('loading', String(error)));
  page.on('console', message => { if (/Content Security Policy/i.test(message.text())) fail('loading', message.text()); });
  await page.setViewportSize(DESK);
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(axeSource);
  const axe = async name => {
    const result = await page.evaluate(options => window.axe.run(document, options),
      { runOnly: { type: 'tag', values: TAGS }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] });
    for (const found of result.violations)
      fail(name, `${found.id}, ${found.help} (${found.nodes.length}): ${found.nodes[0].html.slice(0, 160)}`);
  };
  await axe('axe-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe('axe-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const each = (rule, list) => { for (const detail of list) fail(rule, detail); };
  each('language', await page.evaluate(language));
  each('table-names', await page.evaluate(tableNames));
  each('motion', await page.evaluate(() => document.getAnimations().filter(a => a.playState === 'running').map(a => a.effect?.target?.outerHTML?.slice(0, 120) ?? 'something')));
  await walk(page, fail);

  await page.setViewportSize(PHONE);
  await page.evaluate(() => { document.activeElement?.blur?.(); scrollTo(0, 0); });
  await axe('axe-320');
  each('reflow-320', await page.evaluate(wider, { selector: 'body *', named: null }));
  each('squeezed-320', await page.evaluate(squeezed, null));
  each('text-spacing', await page.evaluate(cutBySpacing));

  // On paper: A4 less its margins is about 680 px across, 1000 px where a page is asked to lie.
  await page.emulateMedia({ media: 'print' });
  for (const [width, named] of [[680, false], [1000, true]]) {
    await page.setViewportSize({ width, height: 960 });
    each('print-width', await page.evaluate(wider, { selector: 'table,img,svg,pre,figure,p,dl,ul', named }));
    each('squeezed-print', await page.evaluate(squeezed, named));
  }
  await page.close();
  return wrong;
}

// Without scripts the page has the same words.
export async function withoutScript(context, url) {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const words = await page.evaluate(() => document.querySelector('main')?.innerText.trim().length ?? 0);
  await page.close();
  return words > 20 ? [] : ['without-script: the page is empty without scripts'];
}

// Tabs through everything (WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.7, 2.4.11).
async function walk(page, fail) {
  await page.evaluate(() => { document.activeElement?.blur?.(); scrollTo(0, 0); window.stops = new Set(); });
  for (let n = 0; n < 1500; n++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return null;
      if (window.stops.has(e)) return { again: true, same: window.last === e, html: e.outerHTML.slice(0, 120) };
      window.stops.add(e);
      window.last = e;
      const look = () => { const c = getComputedStyle(e); return [c.outlineStyle, c.outlineWidth, c.outlineColor, c.boxShadow, c.backgroundColor, c.borderColor, c.textDecorationLine].join('|'); };
      const boxes = [...e.getClientRects()].filter(b => b.width > 0 && b.height > 0);
      // An inline link over two lines: its first line, not the box around both.
      const box = boxes[0];
      const seen = boxes.some(b => {
        // Of a region higher than the window, the part that stands in it.
        const from = Math.max(b.top, 0), bottom = Math.min(b.bottom, innerHeight);
        const x = b.left + Math.min(b.width / 2, 40), y = from + Math.min((bottom - from) / 2, 12);
        const top = document.elementFromPoint(x, y);
        return top && (e.contains(top) || top.contains(e));
      });
      const href = e.getAttribute('href') ?? '';
      const target = /^#./.test(href) && document.getElementById(decodeURIComponent(href.slice(1)));
      const focused = look();
      e.blur();
      const plain = look();
      e.focus({ preventScroll: true });
      return { html: e.outerHTML.slice(0, 120), toMain: Boolean(target && target.closest('main')), same: focused === plain,
        away: !box || box.bottom < 0 || box.top > innerHeight || !seen };
    });
    if (!stop) return;
    if (stop.again) { if (stop.same) fail('keyboard-trap', stop.html); return; }
    if (n === 0 && !stop.toMain && await page.evaluate(() => Boolean(document.querySelector('header, nav')))) fail('skip-link', `the first stop is ${stop.html}`);
    if (stop.same) fail('focus-visible', stop.html);
    if (stop.away) fail('focus-obscured', stop.html);
  }
  fail('keyboard-trap', 'no end after 1500 stops');
}

// The functions below run in the page.

// Words are in the language that they are marked with (3.1.1, 3.1.2): no Thai outside lang=th, no English sentence in it.
function language() {
  const found = [];
  const lang = e => e.closest('[lang]')?.lang ?? '';
  const judge = (text, of, where) => {
    if (/[\u0e01-\u0e4e]/.test(text) && of !== 'th') found.push(`Thai in lang=${of}, ${where}: ${text.trim().slice(0, 60)}`);
    const english = /(?:\b[A-Za-z]{2,}\b[ ,]+){5}/.exec(text);
    if (english && of === 'th') found.push(`English in lang=th, ${where}: ${english[0].slice(0, 60)}`);
  };
  if (!['th', 'en'].includes(document.documentElement.lang)) found.push('the page has no language');
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const e = node.parentElement;
    if (e && !e.closest('script,style')) judge(node.data, lang(e), e.localName);
  }
  for (const e of document.querySelectorAll('[alt],[aria-label],[title],[placeholder],[data-label]'))
    for (const name of ['alt', 'aria-label', 'title', 'placeholder', 'data-label'])
      if (e.hasAttribute(name) && e.localName !== 'link') judge(e.getAttribute(name), lang(e), `${name} of ${e.localName}`);
  for (const meta of document.querySelectorAll('meta[name=description],meta[property="og:title"],meta[property="og:description"]'))
    judge(meta.content, lang(meta), `meta ${meta.name || meta.getAttribute('property')}`);
  return [...new Set(found)];
}

// Every table of data has a name, its caption or the heading above, and headers with a scope (1.3.1).
function tableNames() {
  const name = t => t.caption ?? document.getElementById(t.getAttribute('aria-labelledby'));
  return [...document.querySelectorAll('table')]
    .filter(t => !name(t)?.textContent.trim() || !t.querySelector('th[scope]') || [...t.querySelectorAll('thead th')].some(h => !h.scope))
    .map(t => t.outerHTML.slice(0, 120));
}

// What stands out to the right (1.4.10). Only a named region that takes the keyboard may scroll sideways. `named` tells
// which sheets are meant on paper: those that lie across, or the others.
function wider({ selector, named }) {
  const sheet = e => { for (let p = e; p; p = p.parentElement) { const v = getComputedStyle(p).page; if (v && v !== 'auto') return true; } return false; };
  const scrolls = e => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (/auto|scroll/.test(getComputedStyle(p).overflowX)) return p.tabIndex === 0 && (p.ariaLabel || p.hasAttribute('aria-labelledby'));
    return false;
  };
  const away = e => { for (let p = e; p; p = p.parentElement) { const c = getComputedStyle(p); if (c.clipPath !== 'none' || (c.position === 'absolute' && /rect/.test(c.clip))) return true; } return false; };
  if (named === null && document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1) return [];
  return [...document.querySelectorAll(selector)]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility() && (named === null ? !scrolls(e) : sheet(e) === named) && !away(e))
    .slice(0, 3).map(e => `${Math.round(e.getBoundingClientRect().right)} px of ${innerWidth}: ${e.outerHTML.slice(0, 120)}`);
}

// Columns that have shrunk until text stands one syllable a line: every other rule lets that pass.
function squeezed(named) {
  const sheet = e => { for (let p = e; p; p = p.parentElement) { const v = getComputedStyle(p).page; if (v && v !== 'auto') return true; } return false; };
  // Heads of tables that phones show as cards are only for ears.
  const unseen = e => e.closest('thead') && getComputedStyle(e.closest('thead')).position === 'absolute';
  const found = [];
  for (const e of document.querySelectorAll('p,li,td,th,caption,dt,dd,h1,h2,h3,h4,figcaption,summary,.tag')) {
    const text = e.textContent.trim();
    if ([...text].length < 8 || !e.checkVisibility() || unseen(e) || (named !== null && sheet(e) !== named)) continue;
    const c = getComputedStyle(e), size = parseFloat(c.fontSize), line = parseFloat(c.lineHeight) || size * 1.5;
    const inner = e.clientWidth - parseFloat(c.paddingLeft) - parseFloat(c.paddingRight);
    const high = e.clientHeight - parseFloat(c.paddingTop) - parseFloat(c.paddingBottom);
    if (inner > 0 && inner < 3.5 * size && high > 2.5 * line) found.push(`${Math.round(inner)} px wide: ${e.outerHTML.slice(0, 120)}`);
    // A number or a date whose digits go on in the next line.
    for (const node of e.childNodes) {
      if (node.nodeType !== 3) continue;
      for (const figure of node.data.matchAll(/[0-9๐-๙][0-9๐-๙,.]*[0-9๐-๙]/g)) {
        const range = document.createRange();
        range.setStart(node, figure.index);
        range.setEnd(node, figure.index + figure[0].length);
        if (new Set([...range.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top))).size > 1) found.push(`the figure ${figure[0]} is broken: ${e.outerHTML.slice(0, 120)}`);
      }
    }
  }
  return found.slice(0, 3);
}

// With the spacing that a reader may set (1.4.12) nothing is cut off.
function cutBySpacing() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*{line-height:max(1.5em,1lh)!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
  document.adoptedStyleSheets.push(sheet);
  const found = [...document.querySelectorAll('body *')].filter(e => {
    const c = getComputedStyle(e);
    return /hidden|clip/.test(c.overflow) && c.clipPath === 'none' && e.localName !== 'svg' && e.clientHeight > 1 && e.innerText?.trim()
      && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1);
  }).map(e => e.outerHTML.slice(0, 120));
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) found.push('the page scrolls sideways');
  document.adoptedStyleSheets.pop();
  return found;
}
