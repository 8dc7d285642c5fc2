// What the program writes, read by programs that are not ours: a spreadsheet program, a validator of JSON.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.PRONGSAI ?? join(root, 'target/debug/prongsai');
const today = ['--today', '2568-06-30'];
let folder;
before(() => { folder = mkdtempSync(join(tmpdir(), 'prongsai-')); });
after(() => rmSync(folder, { recursive: true, force: true }));

function check(...flags) {
  const run = spawnSync(binary, ['check', '--root', root, ...today, ...flags], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  return run.stdout;
}

test('the report of the check is as its schema says', () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true })
    .compile(JSON.parse(readFileSync(join(root, 'docs/check.schema.json'), 'utf8')));
  for (const year of [['2568'], ['2569'], ['all'], ['2569', '--only', 'O18,personal']]) {
    const report = JSON.parse(check('--year', ...year, '--format', 'json'));
    assert.ok(validate(report), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
  }
});

test('the report in SARIF is valid by the schema of SARIF 2.1.0, in both languages', () => {
  const schema = fileURLToPath(import.meta.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  const validate = addFormats(new AjvDraft04({ allErrors: true, strict: false, unicodeRegExp: false }))
    .compile(JSON.parse(readFileSync(schema, 'utf8').replace(/^\ufeff/, '')));
  for (const lang of ['th', 'en'])
    for (const year of ['2568', '2569', 'all']) {
      const report = JSON.parse(check('--year', year, '--format', 'sarif', '--lang', lang));
      assert.ok(validate(report), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
      const { columnKind, tool, results } = report.runs[0];
      assert.equal(columnKind, 'unicodeCodePoints');
      // Beyond the schema: a result's rule is where its index says (SARIF 2.1.0, 3.27.6).
      for (const result of results) assert.equal(tool.driver.rules[result.ruleIndex].id, result.ruleId);
    }
  // The schema does find what is wrong.
  const broken = JSON.parse(check('--year', '2569', '--format', 'sarif'));
  broken.runs[0].results[0].level = 'advice';
  assert.equal(validate(broken), false);
});

test('a spreadsheet program opens the answers with every cell and its Thai intact', () => {
  execFileSync(binary, ['answers', '--root', root, ...today, '--year', '2568', '--output', folder]);
  const tables = ['xlsx', 'csv'].map(kind => {
    const back = join(folder, `back-${kind}.csv`);
    const importer = kind === 'csv' ? ['-I', 'Gnumeric_stf:stf_csvtab'] : [];
    execFileSync('ssconvert', [...importer, '-T', 'Gnumeric_stf:stf_csv', join(folder, `answers-2568.${kind}`), back],
      { stdio: 'ignore' });
    return readFileSync(back, 'utf8');
  });
  for (const [table, kind] of [[tables[0], 'XLSX'], [tables[1], 'CSV']])
    for (const words of ['รายการ', 'เส้นทางจากหน้าแรก', 'O28,', 'มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน', 'หน้าแรก › ', 'แผนผังการแบ่งส่วนราชการของหน่วยงาน'])
      assert.ok(table.includes(words), `${words} in the ${kind}`);
  // Beyond the title line of the workbook both are the same table.
  const rows = text => text.replace(/^\ufeff/, '').split('\n').filter(line => /^O\d+,/.test(line)).length;
  assert.equal(rows(tables[0]), 28);
  assert.equal(rows(tables[1]), 28);
});
