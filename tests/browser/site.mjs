// Builds the example municipality once and serves it as a host would: with the types, the compression and the headers
// that the built `_headers` asks for.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp',
  '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.xml': 'application/xml', '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8', '.pdf': 'application/pdf', '.webmanifest': 'application/manifest+json' };
const PACKED = /^(text|application\/(json|xml|manifest)|image\/svg)/;

export class Site {
  // The site as of a day.
  static async build(day) {
    const site = new Site();
    site.folder = join(mkdtempSync(join(tmpdir(), 'prongsai-')), 'public');
    const binary = process.env.PRONGSAI ?? join(root, 'target/debug/prongsai');
    execFileSync(binary, ['build', '--root', root, '--output', site.folder, '--today', day, '--lang', 'en', '--quiet']);
    site.server = createServer((request, reply) => site.answer(request, reply));
    await new Promise(yes => site.server.listen(0, '127.0.0.1', yes));
    site.url = `http://127.0.0.1:${site.server.address().port}/`;
    try { site.headers = parseHeaders(site.read('_headers')); } catch { site.headers = []; }
    return site;
  }

  read(inside) { return readFileSync(join(this.folder, inside), 'utf8'); }
  has(inside) { return this.files.includes(inside); }

  // Every file of the site, below its folder.
  get files() {
    return this.all ??= readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(this.folder.length + 1)).sort();
  }

  get pages() { return this.files.filter(name => extname(name) === '.html'); }

  // Pages that a test adds, by path.
  extra = new Map();

  answer(request, reply) {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1);
    let file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    const found = this.extra.has(file) || this.has(file);
    if (!found) file = '404.html';
    let body = Buffer.from(this.extra.get(file) ?? readFileSync(join(this.folder, file)));
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const headers = { 'content-type': type };
    for (const [pattern, name, value] of this.headers)
      if (!this.extra.has(file) && pattern.test('/' + path)) headers[name.toLowerCase()] = value;
    if (PACKED.test(type) && /gzip/.test(request.headers['accept-encoding'] ?? '')) {
      body = gzipSync(body);
      headers['content-encoding'] = 'gzip';
    }
    reply.writeHead(found ? 200 : 404, { ...headers, 'content-length': body.length }).end(body);
  }

  close() {
    this.server.close();
    rmSync(join(this.folder, '..'), { recursive: true, force: true });
  }
}

// `_headers` of Netlify and Cloudflare: a path with `*`, then its headers, indented.
function parseHeaders(text) {
  const rules = [];
  let pattern;
  for (const line of text.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^\s/.test(line)) {
      const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line);
      rules.push([pattern, name, value]);
    } else pattern = new RegExp(`^${line.trim().split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  }
  return rules;
}
