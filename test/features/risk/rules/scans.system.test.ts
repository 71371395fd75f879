import { customerAtTest as customer, type Said, useArchive } from '../../../support/archive-system';
import { aPerson } from '../../../support/people';
import { ruleDesk, words } from './rule-desk';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
const desk = ruleDesk(archive);

const day = (date: string) => ({ msgtime: Date.parse(`2026-01-${date}T10:00:00+08:00`) });
const january = { from: '2026-01-01T00:00:00+08:00', to: '2026-01-11T00:00:00+08:00' };
let inside: Said[];

beforeAll(async () => {
  const { system, db } = archive.at;
  await aPerson({ access: system.services.access, db }, { roles: ['compliance_officer'], name: 'officer' });
  const minute = 60_000;
  inside = [
    archive.say('过去的词', day('02')),
    archive.say('过去的码', { msgtime: day('03').msgtime }),
    archive.say('过去的款', { msgtime: day('03').msgtime + 10 * minute }),
  ];
  await archive.said(...inside, archive.say('过去的词', day('20')));
});

const told = async (): Promise<number> => {
  const sql = "SELECT id FROM notification WHERE kind = 'finding_raised' AND params LIKE '%CONTENT_RULE%'";
  return (await archive.at.db.query(sql)).length;
};

test('WCM-04 looking back finds what lies in the time, once, and tells nobody of each', async () => {
  const rule = await desk.on({ matchers: [words('过去的词')] });
  const before = await told();
  const run = await desk.scan(rule.id, january);
  expect(run.result).toEqual({ looked_at: 3, found: 1 });
  const again = await desk.scan(rule.id, january);
  expect(again.result).toEqual({ looked_at: 3, found: 0 });
  const [finding, ...more] = await desk.found(rule);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'high', external_userid: customer, features: { backscan: true } });
  expect(finding?.occurred_at).toBe('2026-01-02T02:00:00.000Z');
  expect(await told()).toBe(before);

  await archive.said(archive.say('过去的词'));
  expect((await desk.found(rule)).map(({ features }) => features.backscan)).toEqual([false, true]);
  expect(await told()).toBeGreaterThan(before);
});

test('WCM-04 VIO-4.4 what comes together is found looking back as well, once', async () => {
  const definition = { matchers: [words('过去的码'), words('过去的款')], require: 'all', window_minutes: 30 };
  const rule = await desk.on(definition);
  expect((await desk.scan(rule.id, january)).result).toEqual({ looked_at: 3, found: 1 });
  expect((await desk.scan(rule.id, january)).result).toEqual({ looked_at: 3, found: 0 });
  const [finding] = await desk.found(rule);
  expect(finding?.evidence.map(({ ref }: { ref: string }) => ref)).toEqual(await desk.idsOf(...inside.slice(1)));
  // What was hit goes with time; what was found does not come again for that.
  await archive.at.system.services.rules.book.purge(new Date(Date.now() + 60_000));
  expect((await desk.scan(rule.id, january)).result).toEqual({ looked_at: 3, found: 0 });
});

test('WCM-03 only a rule that is on looks back, and by the version that is on; it is in the trail', async () => {
  const { body: draft } = await desk.make({ matchers: [words('过去的词')] });
  const { api } = archive.at;
  expect((await api.post(`rules/${draft.id}/scans`, january)).body.code).toBe('RULE_NOT_ON');
  const rule = await desk.on({ matchers: [words('过去的词')] });
  const { name, family, category, severity } = rule;
  await api.put(`rules/${rule.id}`, {
    ...{ name, family, category, severity, version: 1 },
    definition: { matchers: [words('还没试的词')] },
  });
  const run = await desk.scan(rule.id, january);
  expect(run.result.found).toBe(1);
  const [event] = (await api.get('audit-events?action=rule.scan_started')).body.items;
  expect(event).toMatchObject({ target: `rule:${rule.id}`, detail: { run_id: run.id, version: 1 } });
});

test('WCM-04 a time that ends before it begins is refused, whatever offset it is written in', async () => {
  const rule = await desk.on({ matchers: [words('过去的词')] });
  const time = { from: '2026-01-02T00:00:00+08:00', to: '2026-01-01T15:59:59Z' };
  const { status, body } = await archive.at.api.post(`rules/${rule.id}/scans`, time);
  expect([status, body.fields]).toEqual([422, [expect.objectContaining({ path: 'to' })]]);
  const later = { ...time, to: '2026-01-01T16:00:01Z' };
  expect((await archive.at.api.post(`rules/${rule.id}/scans`, later)).status).toBe(202);
});
