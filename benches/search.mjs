// What search costs: index time and size, and the bytes of questions.
//
//   npm ci --prefix tests/browser
//   PRONGSAI=target/release/prongsai node benches/search.mjs 100 1000 10000
//
// Pages are those of generate.py. A question is asked in a new browser, then more in the same. Bytes are those of
// files as a host sends them: text compressed by gzip.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch } from '../tests/browser/browser.mjs';
import { StaticSite } from '../tests/browser/serve-site.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const binary = process.env.PRONGSAI ?? join(here, '../target/release/prongsai');
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const questions = ['เบี้ยยังชีพผู้สูงอายุ', 'แผนพัฒนาท้องถิ่น', 'จริยะธรรม', 'สถิติเรื่องร้องเรียน', 'นโยบายไม่รับของขวัญ', 'ทะเบียนทรัพย์สิน', 'กองสวัสดิการสังคม', 'ลดขั้นตอนที่ไม่จำเป็น', 'O18', 'คิวอาร์โค้ด'];
const browser = await launch();
for (const pages of process.argv.slice(2)) {
  const folder = mkdtempSync(join(base, 'prongsai-search-'));
  const [from, to] = [join(folder, 'site'), join(folder, 'public')];
  execFileSync('python3', [join(here, 'generate.py'), '--pages', pages, '--flavour', 'prongsai', '--out', from], { stdio: 'ignore' });
  const out = execFileSync(binary, ['build', '--root', from, '--output', to, '--today', '2568-06-30', '--format', 'json'], { maxBuffer: 1 << 28 });
  const stages = JSON.parse(out).timings ?? [];
  const folderOf = join(to, 'assets/search/th');
  const sum = { shards: 0, texts: 0, files: 0, sent: 0 };
  for (const name of readdirSync(folderOf)) {
    const file = join(folderOf, name);
    sum.files++;
    sum[name[0] === 't' ? 'texts' : 'shards'] += statSync(file).size;
    if (name[0] !== 't') sum.sent += gzipSync(readFileSync(file)).length;
  }
  const site = await new StaticSite(to).start();
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const ask = async q => {
    const start = performance.now();
    await page.fill('#q', q);
    await page.waitForFunction(q => { const d = document.getElementById('found').dataset; return d.shown === q || d.failed === q; }, q, { polling: 10 });
    return performance.now() - start;
  };
  await page.goto(site.url + 'search/');
  await ask('จัดซื้อจัดจ้าง');
  const first = site.sum();
  const costs = [];
  let took = 0;
  for (const q of questions) {
    took += await ask(q);
    costs.push(site.sum().sent);
  }
  const kb = n => (n / 1000).toFixed(1);
  console.log(`${pages} pages: index ${sum.files} files, terms ${kb(sum.shards)} kB (${kb(sum.sent)} gzip), words ${kb(sum.texts)} kB; ` +
    `first search ${kb(first.sent)} kB in ${first.files} files with page and fonts, next mean ${kb(costs.reduce((a, b) => a + b) / costs.length)} most ${kb(Math.max(...costs))} kB; ` +
    `${Math.round(took / questions.length)} ms a question`);
  console.log(JSON.stringify(stages));
  await page.close();
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
}
await browser.close();
