import exceljs from 'exceljs';
import { writeXlsx } from '../../src/core/xlsx';
import { unzip } from '../support/unzip';

const watermark = { name: '=王 & <经理>', at: '2026-11-23 15:00:00', exportId: 'export-1' };
const columns = [
  { title: '客户', width: 20 },
  { title: '=1+1', width: 20 },
];

async function readBack(file: Buffer) {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(file as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook;
}

const hostile = [
  ...['=1+1', '=HYPERLINK("https://evil.example","x")', '+8613800138000', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1'],
  ...[
    '\u0001=1+1',
    '\u0000\u001f@x',
    '\u007f+1',
    '\uFEFF=1',
    '\uFFFE=1',
    '\uD800=1',
    '＝1+1',
    '_x003D_1+1',
    '=_x0031_',
  ],
  ...["=cmd|' /C calc'!A0", 'https://evil.example', 'mailto:a@evil.example', ']]></v></c><f>1+1</f>', '<f>1+1</f>'],
  ...['正常', 'a\nb', '😀', "'quoted", '', '1e9999', '0123'],
];

test('S18 S20 a file with hostile cells read back holds 0 formulas and 0 links, and every text is a text', async () => {
  const rows = hostile.map((text) => [text, text]);
  const file = await writeXlsx({ sheets: [{ name: '明细', columns, rows }], watermark });
  const files = unzip(file);
  expect(
    [...files.keys()].filter((name) => /externalLink|vba|calcChain|connections|sheet\d+\.xml\.rels/.test(name)),
  ).toEqual([]);
  const sheet = files.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
  expect(sheet.match(/<f[ >/]|hyperlink[ >s]/gi)).toBeNull();
  const workbook = await readBack(file);
  const cells: exceljs.Cell[] = [];
  workbook.eachSheet((one) => one.eachRow((row) => row.eachCell((cell) => cells.push(cell))));
  expect(cells.filter(({ type }) => type !== exceljs.ValueType.String)).toEqual([]);
  expect(cells.length).toBeGreaterThan(2 * hostile.length - 4);
  const texts = cells.map(({ text }) => text);
  expect(texts.filter((text) => /^\s*[=+\-@＝]|^[\t\r]/.test(text))).toEqual([]);
  // As Excel reads it: a sign written by its number is that sign.
  expect(sheet.match(/_x003D_/g)).toHaveLength(2);
  expect(sheet.match(/_x005F_x003D_/g)).toHaveLength(2);
});

test('S18 the watermark stands above every sheet, on every printed page, and in the properties', async () => {
  const sheets = ['汇总', '明细'].map((name) => ({ name, columns, rows: [['a', 1]] }));
  const files = unzip(await writeXlsx({ sheets, watermark }));
  const mark = '王 &amp; &lt;经理&gt; · 2026-11-23 15:00:00 · export-1';
  for (const n of [1, 2]) {
    const sheet = files.get(`xl/worksheets/sheet${n}.xml`)?.toString() ?? '';
    expect(sheet.split(mark)).toHaveLength(2);
    expect(sheet.match(/<odd(Header|Footer)>[^<]*export-1/g)).toHaveLength(2);
  }
  expect(files.get('docProps/core.xml')?.toString()).toContain('export-1');
});

test('S20 numbers stay numbers, a cell is cut where Excel would refuse it, and rows may come one by one', async () => {
  async function* rows() {
    for (let n = 0; n < 1_200; n++) yield ['x'.repeat(n === 0 ? 40_000 : 3), n];
  }
  const workbook = await readBack(await writeXlsx({ sheets: [{ name: 'a', columns, rows: rows() }], watermark }));
  const sheet = workbook.getWorksheet('a');
  expect(sheet?.rowCount).toBe(1_202);
  expect(sheet?.getCell('A3').text).toHaveLength(32_767);
  expect(sheet?.getCell('B1202').value).toBe(1_199);
});

test('S20 more rows than a file of ours may have are refused', async () => {
  const rows = (function* () {
    for (;;) yield ['a'];
  })();
  await expect(writeXlsx({ sheets: [{ name: 'a', columns, rows }], watermark })).rejects.toThrow('no room for more');
});

test('what goes wrong while rows are read ends the writing', async () => {
  const next = () => Promise.reject(new Error('the database is gone'));
  const rows = { [Symbol.asyncIterator]: () => ({ next }) };
  await expect(writeXlsx({ sheets: [{ name: 'a', columns, rows }], watermark })).rejects.toThrow('is gone');
});
