import { createHash } from 'node:crypto';
import exceljs from 'exceljs';
import { aPerson } from '../../../support/people';
import { useSystem } from '../../../support/system';
import { head } from '../../../support/viewers';
import { busiest, carriedOut, itemsOf, leaves, plan } from './support';

const system = useSystem({
  ...{ staff: 8, externalContacts: 60, groupChats: 4, leavers: 0, seed: 92 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
const hostile = '=HYPERLINK("https://evil.example","点我")';
let id = '';
let managers: Record<string, string> = {};

beforeAll(async () => {
  const { at } = system;
  await at.syncAll();
  const [leaver = '', ...others] = busiest(at);
  await leaves(at, leaver);
  const handover = await plan(at, {
    from_userids: [leaver],
    successors: others.slice(0, 3).map((userid) => ({ userid })),
  });
  id = handover.id;
  const [first, second] = await itemsOf(at, id, '?kind=external_contact');
  await at.api.post(`handovers/${id}/assignments`, { changes: [{ item_ids: [second?.id], to_userid: null }] });
  await carriedOut(at, id);
  const named = 'UPDATE external_contact SET name = ? WHERE external_userid = ?';
  await at.db.execute(named, [hostile, first?.external_userid]);
  managers = (await aPerson(placeOf(), { roles: ['sales_manager'], name: '王经理', userid: others[0] as string }))
    .headers;
});

const placeOf = () => ({ access: system.at.system.services.access, db: system.at.db });

async function download(path: string, headers: Record<string, string>) {
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, { headers });
  return { status: answer.status, headers: answer.headers, file: Buffer.from(await answer.arrayBuffer()) };
}

async function sheetsOf(file: Buffer): Promise<Map<string, exceljs.Row[]>> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(file as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return new Map(workbook.worksheets.map((sheet) => [sheet.name, sheet.getRows(1, sheet.rowCount) ?? []]));
}

const textsOf = (rows: readonly exceljs.Row[] = []): string[][] =>
  rows.map((row) => Array.from({ length: row.cellCount }, (_, at) => row.getCell(at + 1).text));

test('WCM-07 the report holds every item, and names who did not arrive and why', async () => {
  const { at } = system;
  const { status, headers, file } = await download(`handovers/${id}/report`, await officer());
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="handover-report-[\w-]+\.xlsx"$/);
  const sheets = await sheetsOf(file);
  expect([...sheets.keys()]).toEqual(['汇总', '明细', '说明']);
  const items = await itemsOf(at, id);
  const rows = textsOf(sheets.get('明细')).slice(2);
  expect(rows.map(([, , subject]) => subject)).toEqual(items.map((item) => item.external_userid ?? item.chat_id));
  expect(rows.filter(([, , , , , , , state]) => state === '已接替')).toHaveLength(items.length - 1);
  const summary = textsOf(sheets.get('汇总'));
  const exceptions = summary.filter(([what]) => what?.startsWith('例外'));
  expect(exceptions).toHaveLength(1);
  expect(exceptions[0]?.[3]).toBe('未成功 · 没有接替人 · 换一位接替人再试');
  expect(summary).toContainEqual(['按状态', '已接替', String(items.length - 1), expect.any(String)]);
});

test('S18 S20 a customer who calls themselves a formula is a text in it', async () => {
  const { file } = await download(`handovers/${id}/report`, await officer());
  const cells = [...(await sheetsOf(file)).values()].flat().flatMap((row) => {
    const all: exceljs.Cell[] = [];
    row.eachCell((cell) => all.push(cell));
    return all;
  });
  expect(cells.filter((cell) => cell.formula !== undefined || cell.hyperlink !== undefined)).toEqual([]);
  expect(cells.filter(({ text }) => text === `'${hostile}`)).toHaveLength(1);
});

test('S18 it says who took it away, when, under which id, and the audit trail knows the hash of the file', async () => {
  const { at } = system;
  const { file, headers } = await download(`handovers/${id}/report?lang=en`, managers);
  const [, exportId = ''] = /report-([\w-]+)\.xlsx/.exec(headers.get('content-disposition') ?? '') ?? [];
  const sheets = await sheetsOf(file);
  expect([...sheets.keys()]).toEqual(['Summary', 'Items', 'Notes']);
  for (const rows of sheets.values())
    expect(rows[0]?.getCell(1).text).toMatch(new RegExp(`^王经理 · .* · ${exportId}$`));
  const [event] = await at.db.query<{ actor: string; target: string; detail: string; at: unknown }>(
    "SELECT * FROM audit_event WHERE action = 'handover.reported' ORDER BY id DESC LIMIT 1",
  );
  const sha256 = createHash('sha256').update(file).digest('hex');
  expect(event).toMatchObject({ target: `handover:${id}` });
  expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({ export_id: exportId, sha256, bytes: file.length });
});

test('WCM-07 whoever may not see the handover gets no file of it either, and nothing is recorded', async () => {
  const { at } = system;
  const [superior = '', userid = ''] = busiest(at).slice(-2);
  await at.system.services.reporting.addLine({ superior, userid }, head);
  await at.settled();
  const { headers } = await aPerson(placeOf(), { roles: ['sales_manager'], userid });
  const before = await reported();
  expect((await download(`handovers/${id}/report`, headers)).status).toBe(404);
  expect((await download(`handovers/${id}/report?lang=fr`, managers)).status).toBe(400);
  expect(await reported()).toEqual(before);
});

const reported = () => system.at.db.query("SELECT id FROM audit_event WHERE action = 'handover.reported'");

async function officer(): Promise<Record<string, string>> {
  const { token } = await system.at.system.services.access.issueToken({ name: 'files', roles: ['compliance_officer'] });
  return { authorization: `Bearer ${token}` };
}
