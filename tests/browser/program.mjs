// Starts the program itself on a copy of a small site.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export class Program {
  // `flags` go to `prongsai serve`; the site is that of the Rust tests, served below /web/.
  static async start(flags = []) {
    const program = new Program();
    program.folder = mkdtempSync(join(tmpdir(), 'prongsai-'));
    cpSync(join(root, 'tests/it/base'), program.folder, { recursive: true });
    await program.run(flags);
    return program;
  }

  async run(flags, port = '0') {
    const binary = process.env.PRONGSAI ?? join(root, 'target/debug/prongsai');
    this.flags = flags;
    this.child = spawn(binary, ['serve', '--root', this.folder, '--port', port, '--lang', 'en', '--today', '2568-06-30', ...flags],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    const failed = new Promise((_, no) => this.child.once('error', no));
    const line = new Promise(yes => createInterface(this.child.stdout).once('line', yes));
    const url = /http:\/\/[^\s]+/.exec(await Promise.race([line, failed]));
    this.url = url[0];
    this.port = new URL(this.url).port;
  }

  async end() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise(yes => this.child.once('exit', yes));
    this.child.kill('SIGKILL');
    await gone;
  }

  // The same address after a while without a server.
  async restart() {
    await this.end();
    await this.run(this.flags, this.port);
  }

  path(inside) { return join(this.folder, inside); }
  read(inside) { return readFileSync(this.path(inside), 'utf8'); }
  has(inside) { return existsSync(this.path(inside)); }

  // As most editors save: a new file in place of the old one.
  write(inside, text) {
    const path = this.path(inside);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path + '.tmp', text);
    renameSync(path + '.tmp', path);
  }

  page(inside, title, body) { this.write(inside, `+++\ntitle = "${title}"\n+++\n\n${body}\n`); }

  script(inside, text) {
    this.write(inside, text);
    chmodSync(this.path(inside), 0o755);
  }

  async close() {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
