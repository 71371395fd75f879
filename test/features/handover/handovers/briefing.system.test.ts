import { hours, minutes } from '../../../../src/core/clock';
import { useArchive } from '../../../support/archive-system';
import { aPerson } from '../../../support/people';
import type { Answer, Json } from '../../../support/system';
import { head } from '../../../support/viewers';
import { busiest, carriedOut, itemsOf, leaves, plan } from './support';

const archive = useArchive({
  ...{ staff: 8, externalContacts: 60, groupChats: 6, leavers: 0, seed: 94 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
const started = Date.now();
let leaver = '';
let successor = '';
let outsider = '';
let id = '';
let chat = '';
let item: Json = {};
let other: Json = {};

beforeAll(async () => {
  const { at } = archive;
  await at.syncAll();
  [leaver = '', successor = '', outsider = ''] = busiest(at);
  const pairs = [...(at.sandbox.world.findStaff(leaver)?.relations.values() ?? [])].filter(({ half }) => !half);
  const [first = '', second = ''] = pairs.map(({ contact }) => contact.external_userid);
  chat = at.sandbox.control.createGroup({ owner: leaver, members: [first] }).chat_id;
  at.sandbox.control.editRelation({ userid: leaver, external_userid: first, remark: '张总-要报价' });
  await at.settled();
  await archive.said(
    said(leaver, first, '报价明天发您', -5),
    said(first, leaver, '好的', -4),
    said(first, leaver, '还没收到？', -3),
    said(second, leaver, '在吗', -6),
    said(leaver, second, '在的', -5),
  );
  await leaves(at, leaver);
  id = (await plan(at, { from_userids: [leaver], successors: [{ userid: successor }] })).id;
  await carriedOut(at, id);
  const items = await itemsOf(at, id);
  item = items.find(({ external_userid }) => external_userid === first) ?? {};
  other = items.find(({ external_userid }) => external_userid === second) ?? {};
  await at.system.services.reporting.addLine({ superior: outsider, userid: successor }, head);
  await at.settled();
});

const said = (from: string, to: string, text: string, inHours: number) =>
  archive.say(text, { from, tolist: [to], msgtime: started + hours(inHours) });

const place = () => ({ access: archive.at.system.services.access, db: archive.at.db });

async function asks(headers: Record<string, string>, path: string): Promise<Answer> {
  const answer = await fetch(`${archive.at.system.url}/api/v1/${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const briefing = (of: Json | undefined = item): string => `handovers/${id}/items/${of.id}/briefing`;

const recorded = (action: string): Promise<Json[]> =>
  archive.at.db.query('SELECT * FROM audit_event WHERE action = ? ORDER BY id', [action]);

test('WCM-07 CUS-04 a briefing tells who this is, who served before, what was said last and what is owed', async () => {
  const { status, body } = await archive.at.api.get(briefing());
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ external_userid: item.external_userid, name: item.name, remark: '张总-要报价', open_money: null },
    ...{ giver: { userid: leaver }, successor: { userid: successor } },
    handover: { id, item_id: item.id, state: 'taken_over' },
    talks: { messages: 3, unanswered: { messages: 2, since: new Date(started - hours(4)).toISOString() } },
  });
  expect(body.talks.last.map(({ text }: Json) => text)).toEqual(['报价明天发您', '好的', '还没收到？']);
  expect(body.served_by.map(({ userid }: Json) => userid)).toEqual(expect.arrayContaining([leaver, successor]));
  expect(body.group_chats.map(({ chat_id }: Json) => chat_id)).toContain(chat);
  expect(Date.parse(body.known_since)).toBeLessThan(started);
});

test('S16 whoever reads the messages of a briefing is recorded as a reader of the archive, before', async () => {
  const [reads, views] = [await recorded('archive.read'), await recorded('external_contact.viewed')];
  const officer = await aPerson(place(), { roles: ['compliance_officer'], name: 'officer' });
  const { body } = await asks(officer.headers, briefing());
  const now = await recorded('archive.read');
  expect(now).toHaveLength(reads.length + 1);
  expect(JSON.parse(now.at(-1)?.detail).messages.map(String).sort()).toEqual(
    body.talks.last.map((message: Json) => message.id).sort(),
  );
  expect(await recorded('external_contact.viewed')).toHaveLength(views.length + 1);
});

test('WCM-07 who may not read the archive learns dates and counts, and not a word', async () => {
  const manager = await aPerson(place(), { roles: ['sales_manager'], userid: outsider });
  const reads = await recorded('archive.read');
  const { status, body } = await asks(manager.headers, briefing());
  expect(status).toBe(200);
  expect(body.talks).toMatchObject({ messages: 3, last: null, unanswered: { messages: 2 } });
  expect(JSON.stringify(body)).not.toContain('还没收到');
  expect(await recorded('archive.read')).toEqual(reads);
});

test('CUS-04 the successor reads the briefing of a customer they got; others of the company do not', async () => {
  const sales = await aPerson(place(), { roles: ['sales'], userid: successor });
  const path = `external-contacts/${item.external_userid}/briefing`;
  const { status, body } = await asks(sales.headers, path);
  expect(status).toBe(200);
  expect(body).toMatchObject({ giver: { userid: leaver }, remark: '张总-要报价', open_findings: null });
  expect(body.talks.last).toBeNull();
  expect((await asks(sales.headers, briefing())).status).toBe(404);
  const [, , , stranger = ''] = busiest(archive.at);
  await archive.at.system.services.reporting.addLine({ superior: outsider, userid: stranger }, head);
  await archive.at.settled();
  const other = await aPerson(place(), { roles: ['sales'], userid: stranger });
  expect((await asks(other.headers, path)).body).toMatchObject({ code: 'HANDOVER_NO_BRIEFING' });
});

test('WCM-07 the first message names who left and what is owed, in both languages, without the remark of staff', async () => {
  const { body } = await archive.at.api.get(briefing());
  const { 'zh-CN': chinese, en } = body.first_message;
  for (const text of [chinese, en]) {
    expect(text).toContain(body.name);
    expect(text).toContain(body.giver.name);
    expect(text).toContain(body.successor.name);
    expect(text).not.toContain('张总');
  }
  expect(chinese).toMatch(/已离职.*没有得到回复/);
  expect(en).toMatch(/has left.*not been answered/);
  const answered = (await archive.at.api.get(briefing(other))).body;
  expect(answered.talks.unanswered).toBeNull();
  expect(answered.first_message.en).toContain('carry on');
});

test('WCM-07 once the successor has written nothing is owed any more', async () => {
  await archive.said(said(successor, item.external_userid, '您好，报价马上发', 1));
  const { body } = await archive.at.api.get(briefing());
  expect(body.talks.unanswered).toBeNull();
  await archive.said(said(item.external_userid, successor, '谢谢', 1 + minutes(1) / hours(1)));
  expect((await archive.at.api.get(briefing())).body.talks.unanswered).toBeNull();
});

test('VIO-2.1 open findings are told to whoever may see them, and not to the person they are about', async () => {
  const { at } = archive;
  await at.db.transact(() =>
    at.system.services.findings.raise({ code: 'FEIDAN', version: 1 }, [
      {
        ...{ key: 'briefing', evidenceLevel: 'CIRCUMSTANTIAL', severity: 'high', userid: successor },
        ...{ externalUserid: item.external_userid, occurredAt: new Date(), evidence: [] },
      },
    ]),
  );
  const officer = await aPerson(place(), { roles: ['compliance_officer'], name: 'officer 2' });
  const theirs = await aPerson(place(), { roles: ['compliance_officer', 'sales'], userid: successor, name: 'both' });
  const detectors = ({ body }: Answer) => body.open_findings.map(({ detector }: Json) => detector);
  expect(detectors(await asks(officer.headers, briefing()))).toContain('FEIDAN');
  expect(detectors(await asks(theirs.headers, briefing()))).not.toContain('FEIDAN');
});

test('a group chat has no briefing, and neither has an item of another handover', async () => {
  const [group] = await itemsOf(archive.at, id, '?kind=group_chat');
  expect(group).toBeDefined();
  expect((await archive.at.api.get(briefing(group))).body).toMatchObject({ code: 'HANDOVER_NO_CONTACT' });
  expect((await archive.at.api.get(briefing({ id: 999_999 }))).body).toMatchObject({ code: 'HANDOVER_NO_ITEM' });
});
