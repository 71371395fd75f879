import { customerAtTest as customer, type Said, useArchive } from '../../../support/archive-system';
import type { Json } from '../../../support/system';
import { foundCompany, staffId } from '../../kernel/scope/company';
import { aContact, aRelation, writer } from '../../relations/external-contacts/rows';
import { ruleDesk, words } from './rule-desk';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
const desk = ruleDesk(archive);

const vip = 'wmDEMObbbb0000000000000000000002';
const byCustomer = { from: customer, tolist: ['lin'] };
/** Of any kind: its content stands under the name of the kind. */
const say = (msgtype: string, content: object, more: object = {}) =>
  archive.say('', { msgtype, [msgtype]: content, ...more });
const inGroup = { roomid: 'wrDEMOgroup', tolist: ['hu', customer] };
const recordOf = (...items: object[]) => ({ title: '聊天记录', item: items });
const nested = (type: string, content: object) => ({ type, msgtime: 1760000000, content: JSON.stringify(content) });
/** On a Thursday in Shanghai. */
const at = (time: string) => ({ msgtime: Date.parse(`2026-11-12T${time}:00+08:00`) });
const red = (more: object = {}) =>
  archive.say('', {
    msgtype: 'external_redpacket',
    redpacket: { type: 1, wish: '谢', totalcnt: 1, totalamount: 1 },
    ...more,
  });

interface Case {
  definition: Json;
  yes: () => Said[];
  no: () => Said[];
}

const cases: Record<string, Case> = {
  'words as they stand': {
    definition: { matchers: [words('甲词')] },
    yes: () => [archive.say('说到甲词了')],
    no: () => [archive.say('说到甲 词了')],
  },
  'a pattern': {
    definition: { matchers: [{ kind: 'pattern', pattern: '编号[0-9]{4}' }] },
    yes: () => [archive.say('编号1234')],
    no: () => [archive.say('编号12')],
  },
  'an identifier, but for those that are allowed': {
    definition: { matchers: [{ kind: 'identifier', classes: ['mobile'], allowed: ['13900000000'] }] },
    yes: () => [archive.say('打 138-0013-8000')],
    no: () => [archive.say('打 13900000000'), archive.say('下单13件，8001套，3800元0')],
  },
  'the card of an outsider': {
    definition: { matchers: [{ kind: 'card', allowed: ['伙伴公司'] }] },
    yes: () => [say('card', { corpname: '别家公司', userid: 'somebody' })],
    no: () => [
      say('card', { corpname: '我们', userid: 'CHEN' }),
      say('card', { corpname: '伙伴公司', userid: 'partner' }),
    ],
  },
  'a link': {
    definition: { matchers: [{ kind: 'link', allowed: ['example.com'] }] },
    yes: () => [say('link', { title: '付款', description: '', link_url: 'https://pay.other.cn/x', image_url: '' })],
    no: () => [say('link', { title: '店', description: '', link_url: 'https://shop.example.com/x', image_url: '' })],
  },
  'a mini-program': {
    definition: { matchers: [{ kind: 'mini_program', allowed: ['我们的商城'] }] },
    yes: () => [say('weapp', { title: 'a', description: '', username: 'gh_1@app', displayname: '别家商城' })],
    no: () => [say('weapp', { title: 'a', description: '', username: 'gh_2@app', displayname: '我们的商城' })],
  },
  'a red packet that staff receive': {
    definition: {
      matchers: [{ kind: 'red_packet', least: 1, direction: 'received' }],
      conditions: { said_by: 'anyone' },
    },
    yes: () => [red(byCustomer)],
    no: () => [red()],
  },
  'a file by its name': {
    definition: { matchers: [{ kind: 'file', names: ['客户名单'] }] },
    yes: () => [say('file', { filename: '华东客户名单.xlsx', fileext: 'xlsx', sdkfileid: 'f1', md5sum: '' })],
    no: () => [say('file', { filename: '合同.pdf', fileext: 'pdf', sdkfileid: 'f2', md5sum: '' })],
  },
  'all of it in one message': {
    definition: { matchers: [words('乙词'), words('丙词')], require: 'all' },
    yes: () => [archive.say('乙词和丙词')],
    no: () => [archive.say('只有乙词'), archive.say('只有丙词')],
  },
  'but for exclusions': {
    definition: { matchers: [words('返点')], exclusions: ['返点政策'] },
    yes: () => [archive.say('给你返点')],
    no: () => [archive.say('公司的返点政策')],
  },
  'said by the customer': {
    definition: { matchers: [words('丁词')], conditions: { said_by: 'external' } },
    yes: () => [archive.say('丁词', byCustomer)],
    no: () => [archive.say('丁词')],
  },
  'in a group': {
    definition: { matchers: [words('戊词')], conditions: { chat: 'group' } },
    yes: () => [archive.say('戊词', inGroup)],
    no: () => [archive.say('戊词')],
  },
  'in a single chat': {
    definition: { matchers: [words('己词')], conditions: { chat: 'single' } },
    yes: () => [archive.say('己词')],
    no: () => [archive.say('己词', inGroup)],
  },
  'where outsiders take part': {
    definition: { matchers: [words('庚词')] },
    yes: () => [archive.say('庚词')],
    no: () => [archive.say('庚词', { tolist: ['hu'] })],
  },
  'also among colleagues': {
    definition: { matchers: [words('辛词')], conditions: { outsiders_only: false } },
    yes: () => [archive.say('辛词', { tolist: ['hu'] })],
    no: () => [],
  },
  'out of hours': {
    definition: {
      matchers: [words('壬词')],
      conditions: { hours: { when: 'out', weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' } },
    },
    yes: () => [archive.say('壬词', at('08:59')), archive.say('壬词', at('18:00'))],
    no: () => [archive.say('壬词', at('09:00')), archive.say('壬词', at('17:59'))],
  },
  'in a department and below, by whoever speaks': {
    definition: { matchers: [words('癸词')], conditions: { said_by: 'anyone', departments: [2] } },
    yes: () => [
      archive.say('癸词', { from: 'Chen' }),
      archive.say('癸词', { from: customer, tolist: ['Sun'] }),
      archive.say('癸词', { from: 'Li' }),
    ],
    no: () => [archive.say('癸词', { from: 'Wang' }), archive.say('癸词')],
  },
  'to customers with a tag': {
    definition: { matchers: [words('子词')], conditions: { tags: ['etVip'] } },
    yes: () => [archive.say('子词', { tolist: [vip] })],
    no: () => [archive.say('子词')],
  },
  'but for staff who are excepted': {
    definition: { matchers: [words('丑词')], conditions: { said_by: 'anyone', staff_excepted: ['chen'] } },
    yes: () => [archive.say('丑词'), archive.say('丑词', { from: customer, tolist: ['Sun'] })],
    no: () => [archive.say('丑词', { from: 'Chen' }), archive.say('丑词', { from: customer, tolist: ['Chen'] })],
  },
};

const rules: Record<string, Json> = {};
const said: Record<string, { yes: Said[]; no: Said[] }> = {};

beforeAll(async () => {
  const { db, vault } = archive.at;
  await foundCompany(archive.at);
  const write = writer(db, vault);
  const relation = aRelation(50, staffId('Chen'), vip);
  await db.transact(async () => {
    await write.contacts(aContact(50, { external_userid: vip }));
    await write.relations(relation);
    const tag = "INSERT INTO corp_tag (tag_id, group_id, name, sort, created_at) VALUES ('etVip', 'etG', 'VIP', 1, ?)";
    await db.execute(tag, [new Date()]);
    await db.execute("INSERT INTO relation_tag (relation_id, tag_key, type) VALUES (?, 'etVip', 1)", [relation.id]);
  });
  for (const [name, { definition, yes, no }] of Object.entries(cases)) {
    rules[name] = await desk.on(definition);
    said[name] = { yes: yes(), no: no() };
  }
  const nestedRecord = nested('ChatRecordText', { content: '138😀0013😀8000' });
  said.nested = {
    yes: [say('chatrecord', recordOf(nested('chatrecord', recordOf(nested('chatrecord', recordOf(nestedRecord))))))],
    no: [],
  };
  rules.fuzzy = await desk.on({ matchers: [{ kind: 'words', words: ['秘密转款'], fuzzy: true }] });
  said.fuzzy = { yes: [archive.say('秘 密.转 款')], no: [] };
  rules.recalled = await desk.on({ matchers: [words('寅词')] }, { family: 'PRIVATE_PAYMENT' });
  const original = archive.say('寅词');
  const recall = archive.say('', { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: original.msgid } });
  said.recalled = { yes: [original], no: [recall] };
  rules.copied = await desk.on({ matchers: [words('卯词')] });
  const forwarded = (time: string) =>
    say('chatrecord', recordOf(nested('ChatRecordText', { content: '卯词' })), at(time));
  said.copied = { yes: [forwarded('10:00'), forwarded('10:00'), forwarded('10:05')], no: [] };
  await archive.said(...Object.values(said).flatMap(({ yes, no }) => [...yes, ...no]));
}, 120_000);

const evidenceOf = (findings: Json[]): string[] =>
  findings.map(({ evidence }) => evidence.map(({ ref }: Json) => ref).join()).reverse();

test.each(Object.keys(cases))('VIO-4 DET CONTENT_RULE %s', async (name) => {
  const findings = await desk.found(rules[name] as Json);
  const { yes, no } = said[name] ?? { yes: [], no: [] };
  const expected = await desk.idsOf(...yes);
  const alien = await desk.idsOf(...no);
  expect(evidenceOf(findings)).toEqual(expect.arrayContaining(expected));
  for (const id of alien) expect(evidenceOf(findings)).not.toContain(id);
});

test('VIO-4 a finding holds rule, version, place and class, and nothing of what was said', async () => {
  const rule = rules['an identifier, but for those that are allowed'] as Json;
  const [first] = said['an identifier, but for those that are allowed']?.yes ?? [];
  const [id] = await desk.idsOf(first as Said);
  const [finding] = (await desk.found(rule)).filter(({ evidence }) => evidence[0].ref === id);
  const sql = 'SELECT content, sent_at FROM archive_message WHERE id = ?';
  const [row] = await archive.at.db.query<{ content: string }>(sql, [Number(id)]);
  expect(finding).toMatchObject({
    ...{ evidence_level: 'CIRCUMSTANTIAL', severity: 'high', userid: 'lin', external_userid: customer },
    evidence: [{ source: 'message', ref: id, hash: row?.content }],
    features: {
      ...{ rule: rule.id, rule_version: 1, fuzzy: false, backscan: false, category: 'other' },
      ...{ matchers: ['0 identifier'], places: [`${id} 2-15`], classes: ['mobile'] },
      identifiers: [expect.stringMatching(/^138\*{4}8000 [\w-]{43}$/)],
    },
  });
  const tables = await Promise.all(
    ['finding', 'risk_rule_hit'].map((table) => archive.at.db.query(`SELECT * FROM ${table}`)),
  );
  expect(JSON.stringify(tables)).not.toMatch(/13800138000|138-0013-8000|甲词|编号1234/);
});

test('VIO-5.7 a phone number split by emoji inside a forwarded record at depth 3 is found, with its path', async () => {
  const [id] = await desk.idsOf(...(said.nested?.yes ?? []));
  const findings = await desk.found(rules['an identifier, but for those that are allowed'] as Json);
  const [finding] = findings.filter(({ evidence }) => evidence[0].ref === id);
  expect(finding?.features.places[0]).toContain('item[0].item[0].item[0]');
  expect(finding?.features.identifiers[0]).toMatch(/^138\*{4}8000 /);
});

test('VIO-4.4 what was disguised weighs one step less and says so', async () => {
  const [finding] = await desk.found(rules.fuzzy as Json);
  expect(finding).toMatchObject({ severity: 'medium', features: { fuzzy: true } });
});

test('DET PRIVATE_PAYMENT DET RECALL WCM-05 what was taken back at once is found all the same, and the recall weighs more', async () => {
  const [finding] = await desk.found(rules.recalled as Json);
  const ids = await desk.idsOf(...(said.recalled?.no ?? []), ...(said.recalled?.yes ?? []));
  expect(finding).toMatchObject({ detector: 'PRIVATE_PAYMENT', evidence: [{ ref: ids[1] }] });
  const recalls = await archive.at.api.all('findings?detector=RECALL');
  expect(recalls.find(({ evidence }) => evidence[0].ref === ids[0])).toMatchObject({
    ...{ severity: 'medium', features: { signs: ['finding'] } },
  });
});

test('VIO-2.2-15 DET CONTENT_RULE several rows of one act are one finding; said again later it is another', async () => {
  const rule = rules.copied as Json;
  const [first, , later] = await desk.idsOf(...(said.copied?.yes ?? []));
  expect(evidenceOf(await desk.found(rule)).sort()).toEqual([first, later].sort());
});

test('I4 WCM-04 judged again, nothing is found twice', async () => {
  const before = (await archive.at.api.all('findings')).length;
  await archive.at.db.execute('DELETE FROM risk_cursor');
  await archive.at.system.services.detection.judging.wake();
  await archive.at.settled();
  expect(await archive.at.api.all('findings')).toHaveLength(before);
});
