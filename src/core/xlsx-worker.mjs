// Writes one workbook, order by order. What the library does to memory and time it does here, and not to the server.

import { Writable } from 'node:stream';
import { setImmediate as breath } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import exceljs from 'exceljs';

let parts = [];
const stream = new Writable({
  write(part, _encoding, done) {
    parts.push(part);
    done();
  },
});
const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
let mark = '';
let sheet;

const orders = {
  book(order) {
    mark = order.mark;
    workbook.keywords = order.id;
    workbook.creator = order.mark;
    workbook.lastModifiedBy = order.mark;
  },

  async sheet({ name, columns }) {
    await sheet?.commit();
    // The sign begins a code of headers and footers.
    const page = `&C${mark.replaceAll('&', '&&').slice(0, 200)}`;
    sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 2 }],
      headerFooter: { oddHeader: page, oddFooter: `${page} &P/&N` },
    });
    sheet.columns = columns.map(({ width }) => ({ width }));
    add([mark], { color: { argb: 'FF8F959E' } });
    add(
      columns.map(({ title }) => title),
      { bold: true },
    );
  },

  async rows({ rows }) {
    for (const row of rows) sheet.addRow(row).commit();
    await breath();
  },

  async end() {
    await sheet.commit();
    await workbook.commit();
  },
};

function add(cells, font) {
  const row = sheet.addRow(cells);
  row.font = font;
  row.commit();
}

parentPort.on('message', async (order) => {
  await orders[order.kind](order);
  const answer = parts;
  parts = [];
  parentPort.postMessage(answer);
});
