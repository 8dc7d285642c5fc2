// A small server that speaks the protocol of `prongsai serve` and does what a test tells it: change a page, hold an
// answer back, go away, come back as another run. It counts what the browser asks for.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { words } from './words.mjs';

const script = new URL('../../src/serve/preview.js', import.meta.url);
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'";
const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };

export const quiet = { errors: 0, warnings: 0, stale: false, here: 0, more: 0, list: [] };

export class Mock {
  base = '/web/';
  run = 'a1b2';
  revision = 42;
  lang = 'th';
  reload = null;             // data-reload of the script tag
  styles = ['/web/assets/colours-0123456789.css', '/web/assets/style-aaaaaaaaaa.css'];
  css = new Map([
    ['/web/assets/colours-0123456789.css', ':root{--c:1}'],
    ['/web/assets/style-aaaaaaaaaa.css', 'body{background-color:rgb(1, 1, 1)}'],
  ]);
  pages = new Map();         // path → { hash, body }
  state = {};                // what differs from the quiet state
  openAnswer = [204, ''];
  files = null;              // (path) → bytes of a real page, for pictures
  // what was asked
  loads = [];
  asked = [];
  opened = [];
  asking = new Map();
  most = 0;
  streams = new Set();
  streamsEver = 0;
  gates = [];
  refuse = false;            // no streams for now
  refused = 0;

  constructor() {
    this.page('/web/', { hash: 'home-1', body: '<h1>หน้าแรก</h1>' });
  }

  page(path, { hash, body = '<h1>หน้า</h1>' }) { this.pages.set(path, { hash, body }); }

  async start() {
    this.server = createServer((request, response) => this.answer(request, response).catch(error => response.destroy(error)));
    await new Promise((done, failed) => this.server.once('error', failed).listen(this.port ?? 0, '127.0.0.1', done));
    this.port = this.server.address().port;
    return this;
  }

  async stop() {
    this.streams.clear();
    this.server.closeAllConnections();
    await new Promise(done => { this.server.close(done); this.server.closeAllConnections(); });
  }

  url(path = '/web/', host = '127.0.0.1') { return `http://${host}:${this.port}${path}`; }

  // A change of the site, as a save in the editor makes one.
  publish(change = {}) {
    Object.assign(this, change);
    this.revision += 1;
    for (const stream of this.streams) this.send(stream);
  }

  send(stream) {
    stream.write(`id: ${this.revision}\nevent: revision\ndata: ${JSON.stringify({ run: this.run, revision: this.revision })}\n\n`);
  }

  // Holds back answers whose address holds the words; returns what was caught so far and the way to let all go.
  hold(part) {
    const gate = { part, caught: 0 };
    gate.free = new Promise(open => { gate.open = () => { this.gates = this.gates.filter(g => g !== gate); open(); }; });
    this.gates.push(gate);
    return gate;
  }

  async answer(request, response) {
    const url = new URL(request.url, 'http://mock');
    const path = url.pathname;
    const call = path.startsWith(this.base + '__prongsai/') ? path.slice(this.base.length + 11) : null;
    if (call === 'state') return this.answerState(url, response);
    const gate = this.gates.find(g => path.includes(g.part));
    if (gate) { gate.caught += 1; await gate.free; }
    if (call === 'preview.js') return this.reply(response, 200, TYPES.js, await readFile(script));
    if (call === 'events' && this.refuse) {
      this.refused += 1;
      return this.reply(response, 503, 'text/plain', 'not now');
    }
    if (call === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(':hello\nretry: 1000\n\n');
      this.streams.add(response);
      this.streamsEver += 1;
      response.on('close', () => this.streams.delete(response));
      return this.send(response);
    }
    if (call === 'open') {
      const [status, text] = request.method === 'POST' && request.headers['x-prongsai'] === 'open' ? this.openAnswer : [403, 'no'];
      this.opened.push({ file: url.searchParams.get('file'), line: url.searchParams.get('line'), status });
      return this.reply(response, status, 'text/plain; charset=utf-8', text);
    }
    if (this.css.has(path)) return this.reply(response, 200, TYPES.css, this.css.get(path));
    const file = await this.files?.(path);
    const page = this.pages.get(path);
    if (file && !path.endsWith('/')) return this.reply(response, 200, TYPES[path.split('.').pop()] ?? 'application/octet-stream', file);
    if (path.includes('.')) return this.reply(response, 404, 'text/plain', 'not here');
    this.loads.push(path);
    const { hash, body } = page ?? this.missing();
    const tag = `<script src="${this.base}__prongsai/preview.js" data-base="${this.base}" data-build="17" data-run="${this.run}"`
      + ` data-page="${hash}" data-lang="${this.lang}"${this.reload ? ` data-reload="${this.reload}"` : ''} defer></script>`;
    const html = file ? String(file).replace('</body>', tag + '\n</body>')
      : `<!DOCTYPE html><html lang="${this.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`
        + `<title>${path}</title><link rel="icon" href="data:,">${this.styles.map(s => `<link rel="stylesheet" href="${s}">`).join('')}</head>`
        + `<body>${body}\n${tag}\n</body></html>`;
    return this.reply(response, page || file ? 200 : 404, TYPES.html, html);
  }

  missing() { return { hash: 'none-1', body: '<h1>ไม่พบหน้านี้</h1>' }; }

  async answerState(url, response) {
    const page = url.searchParams.get('page');
    const now = (this.asking.get(page) ?? 0) + 1;
    this.asking.set(page, now);
    this.most = Math.max(this.most, now);
    const gate = this.gates.find(g => 'state'.includes(g.part));
    const answer = JSON.stringify({ // the answer is what is true when the question comes
      run: this.run, revision: this.revision, build: 17, checking: false, lang: this.lang,
      page: { hash: (this.pages.get(page) ?? this.missing()).hash, styles: this.styles },
      problems: quiet, check: null, edit: null, canOpen: true, words: words[this.lang], ...this.state,
    });
    if (gate) { gate.caught += 1; await gate.free; }
    this.asking.set(page, this.asking.get(page) - 1);
    this.asked.push(page);
    this.reply(response, 200, 'application/json', answer);
  }

  reply(response, status, type, body) {
    response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY,
      'cache-control': type === TYPES.html ? 'no-cache' : 'no-store' });
    response.end(body);
  }
}
