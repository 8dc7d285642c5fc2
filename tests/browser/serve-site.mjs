// Serves a folder as a plain static host would, with the strictest policy that a host may send, and remembers what was asked.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const kinds = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json', '.xml': 'application/xml' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'";

export class StaticSite {
  constructor(folder, base = '/') {
    Object.assign(this, { folder, base, asked: [], broken: null });
  }

  async start() {
    this.server = createServer(async (request, reply) => {
      const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
      const inside = path.startsWith(this.base) ? path.slice(this.base.length) : null;
      const file = inside === null ? null : normalize(inside.endsWith('/') || inside === '' ? inside + 'index.html' : inside);
      if (file === null || file.startsWith('..') || this.broken?.test(file)) {
        reply.writeHead(404).end();
        return;
      }
      try {
        const bytes = await readFile(join(this.folder, file));
        const kind = kinds[extname(file)];
        // As a host sends it: text is compressed, fonts and pictures are already.
        this.asked.push({ file, raw: bytes.length, sent: kind ? gzipSync(bytes).length : bytes.length });
        reply.writeHead(200, { 'Content-Type': kind ? kind + '; charset=utf-8' : 'application/octet-stream', 'Content-Security-Policy': policy }).end(bytes);
      } catch { reply.writeHead(404).end(); }
    });
    await new Promise(ready => this.server.listen(0, '127.0.0.1', ready));
    this.url = `http://127.0.0.1:${this.server.address().port}${this.base}`;
    return this;
  }

  // What was sent since the last call, in bytes: raw, and as sent compressed.
  sum() {
    const sum = { files: this.asked.length, raw: 0, sent: 0 };
    for (const one of this.asked) { sum.raw += one.raw; sum.sent += one.sent; }
    this.asked = [];
    return sum;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise(gone => this.server.close(gone));
  }
}
