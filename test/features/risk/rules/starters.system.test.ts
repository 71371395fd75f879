import { starterRules } from '../../../../src/features/risk/rules/starter-rules';
import { customerAtTest as customer, type Said, useArchive } from '../../../support/archive-system';
import { salesTalk } from '../../../support/sales-talk';
import type { Json } from '../../../support/system';
import { ruleDesk } from './rule-desk';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
const desk = ruleDesk(archive);

const byCustomer = { from: customer, tolist: ['lin'] };
/** Each in a conversation of its own: what is said in one does not come together with another. */
let others = 0;
const customerOf = () => `wmDEMOcccc${String(++others).padStart(22, '0')}`;
const toOther = () => ({ tolist: [customerOf()] });
const kind = (msgtype: string, content: object, more: object = {}) =>
  archive.say('', { msgtype, [msgtype]: content, ...more });
const image = (more: object = {}) => kind('image', { sdkfileid: `f${++others}`, filesize: 1, md5sum: '' }, more);
const at = (minute: number) => ({ msgtime: Date.parse('2026-11-12T02:00:00Z') + minute * 60_000 });

const planted: Record<string, () => Said> = {
  'starter-private-payment': () => archive.say('你直接私下转账给我就行', toOther()),
  'starter-bank-card': () => archive.say('卡号 6222 0200 0000 0000 018', toOther()),
  'starter-off-book': () => archive.say('这单别跟公司说，不走合同', toOther()),
  'starter-private-contact': () => archive.say('加我微信：zhang_san88', toOther()),
  'starter-foreign-card': () => kind('card', { corpname: '别家公司', userid: 'somebody' }, toOther()),
  'starter-rebate': () => archive.say('给我点好处费', { from: customerOf(), tolist: ['lin'] }),
  'starter-red-packet': () =>
    archive.say('', {
      ...{ msgtype: 'external_redpacket', redpacket: { type: 1, wish: '谢谢', totalcnt: 1, totalamount: 1 } },
      ...{ from: customerOf(), tolist: ['lin'] },
    }),
  'starter-leak': () => kind('file', { filename: '华东客户名单.xlsx', sdkfileid: 'list', md5sum: '' }, toOther()),
  'starter-evasion': () => archive.say('看完就删，别留痕', { from: customerOf(), tolist: ['lin'] }),
  'starter-leaving': () => archive.say('我准备离职了，以后加这个', toOther()),
  'starter-competitor': () => archive.say('他们家那边更便宜，带着客户走', toOther()),
  'starter-overpromise': () => archive.say('这个产品稳赚', toOther()),
  'starter-red-line': () => archive.say('我可以代客操作', toOther()),
  'starter-leak-mentioned': () => archive.say('成本价多少我告诉你', toOther()),
  'starter-insult': () => archive.say('你有病吧', toOther()),
  'starter-complaint': () => archive.say('我要投诉', { from: customerOf(), tolist: ['lin'] }),
};

const warnings = ['请勿私下转账给任何人', '公司严禁飞单，谨防私下交易', '基金经理不得承诺收益'];

let planting: Record<string, Said>;
let talk: Said[];
let code: Said;

beforeAll(async () => {
  planting = Object.fromEntries(Object.entries(planted).map(([id, say]) => [id, say()]));
  talk = [...salesTalk, ...warnings].flatMap((text) => [archive.say(text), archive.say(text, byCustomer)]);
  code = image(toOther());
  await archive.said(...Object.values(planting), ...talk, code);
});

test('WCM-04 VIO-4 DET FEIDAN DET PRIVATE_PAYMENT DET CONTENT_RULE of a page of ordinary sales talk, and of who warns, nothing is found', async () => {
  const ids = await desk.idsOf(...talk);
  const found = await archive.at.api.all('findings');
  expect(found.filter(({ evidence }) => evidence.some(({ ref }: Json) => ids.includes(ref)))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});

test.each(Object.keys(planted))('DET FEIDAN DET PRIVATE_PAYMENT WCM-04 %s finds what it is for', async (id) => {
  const [ref] = await desk.idsOf(planting[id] as Said);
  const found = await desk.found({ id });
  const { family, severity } = (await archive.at.api.get(`rules/${id}`)).body;
  expect(found.map(({ evidence }) => evidence[0].ref)).toEqual([ref]);
  expect(found[0]).toMatchObject({ detector: family, severity, evidence_level: 'CIRCUMSTANTIAL' });
});

test('DET PRIVATE_PAYMENT a payment code that is read later is found once, without what it says', async () => {
  const rule = { id: 'starter-private-payment' };
  const before = (await desk.found(rule)).length;
  await desk.codeRead(code, 'wxp://f2f0canaryCode');
  await desk.codeRead(code, 'wxp://f2f0canaryCode');
  const [finding, ...older] = await desk.found(rule);
  expect(older).toHaveLength(before);
  expect(finding?.features).toMatchObject({ classes: ['wechat_pay'], identifiers: [], matchers: ['1 qr'] });
  const tables = await Promise.all(
    ['finding', 'risk_rule_hit'].map((table) => archive.at.db.query(`SELECT * FROM ${table}`)),
  );
  expect(JSON.stringify(tables)).not.toContain('canaryCode');
});

test('DET PRIVATE_PAYMENT VIO-4.4 a payment code and words of paying within half an hour are critical, in either order, once', async () => {
  const rule = { id: 'starter-payment-code-and-words' };
  const [one, other, far] = [toOther(), toOther(), toOther()];
  const first = image({ ...one, ...at(10) });
  const [late, before] = [image({ ...other, ...at(10) }), archive.say('扫我这个', { ...other, ...at(30) })];
  const [farCode, farWords] = [image({ ...far, ...at(10) }), archive.say('转给我', { ...far, ...at(41) })];
  await archive.said(first, late, before, farCode, farWords);
  await desk.codeRead(first, 'wxp://f2f0first');
  const words = archive.say('扫我这个', { ...one, ...at(30) });
  await archive.said(words);
  // It was said before both and becomes known after them: what was told is told.
  const earlier = archive.say('转给我', { ...one, ...at(5) });
  await archive.said(earlier);
  const hits = 'SELECT id FROM risk_rule_hit WHERE message_id = ? AND rule_id = ?';
  const [earlierId] = await desk.idsOf(earlier);
  expect(await archive.at.db.query(hits, [Number(earlierId), rule.id])).toHaveLength(1);
  await desk.codeRead(late, 'https://QR.ALIPAY.COM/late');
  await desk.codeRead(farCode, 'wxp://f2f0far');
  await archive.at.db.execute('DELETE FROM risk_cursor');
  await archive.at.system.services.detection.judging.wake();
  await archive.at.settled();
  const found = await desk.found(rule);
  expect(found.map(({ severity }) => severity)).toEqual(['critical', 'critical']);
  const refs = found.map(({ evidence }) => evidence.map(({ ref }: Json) => ref));
  expect(refs).toEqual([await desk.idsOf(late, before), await desk.idsOf(first, words)]);
});

test('WCM-03 a rule whose word list is not there is left out', () => {
  expect(starterRules(new Set()).map(({ id }) => id)).not.toContain('starter-insult');
  expect(starterRules(new Set()).map(({ id }) => id)).toContain('starter-red-packet');
});
