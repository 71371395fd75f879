import { toUnix } from '../../src/core/clock';
import type { InboxEvent } from '../../src/features/relations/inbox/inbox.entity';
import { eventSamples, sandboxApps } from '../../src/sandbox';
import { useSystem } from '../support/system';

const system = useSystem();

/** Directory news goes to the contacts receiver, archive news to its own. */
function receiverOf(name: string): (typeof sandboxApps)[number] {
  if (name.startsWith('change_contact')) return 'contacts';
  return name.startsWith('msgaudit') ? 'archive' : 'agent';
}

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item, i) => ({ item, at: (i * 7919) % 1009 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

test('all three receivers prove their address', async () => {
  for (const app of sandboxApps) {
    expect(await system.at.sandbox.callbacks.verifyUrl(app)).toMatchObject({ ok: true, status: 200 });
  }
});

describe('every kind of event, each delivered three times, shuffled and at once', () => {
  const names = Object.keys(eventSamples);
  let rows: InboxEvent[];
  let answers: { status: number | undefined; body: string }[];

  beforeAll(async () => {
    const { at } = system;
    await at.syncAll();
    const userid = at.sandbox.world.followers()[0]?.userid ?? '';
    // Distinct seconds: two samples that read alike must still be two events.
    const now = toUnix(new Date()) - 60;
    const deliveries = names.flatMap((name, i) => {
      const xml = eventSamples[name]?.({ createTime: now + (i % 60), userid }) ?? '';
      return [1, 2, 3].map(() => () => at.sandbox.callbacks.sendRaw(receiverOf(name), xml));
    });
    answers = await Promise.all(shuffled(deliveries).map((deliver) => deliver()));
    await at.settled();
    rows = await at.db.query<InboxEvent>('SELECT * FROM inbox_event ORDER BY id');
  });

  test('I4 every delivery is accepted and each event is stored once', () => {
    expect(answers.filter(({ status, body }) => status !== 200 || body !== 'success')).toEqual([]);
    expect(rows).toHaveLength(names.length);
    expect(new Set(rows.map((row) => row.digest)).size).toBe(names.length);
  });

  test('each is handled once, or ignored with a reason; none is parked or left over', () => {
    const stuck = rows.filter((row) => row.state !== 'done' && row.state !== 'ignored');
    expect(stuck.map(({ event, change_type, state, error }) => ({ event, change_type, state, error }))).toEqual([]);
    expect(rows.filter((row) => row.state === 'ignored' && !row.error)).toEqual([]);
    expect(rows.every((row) => row.attempts === 1)).toBe(true);
    expect(rows.filter((row) => row.error === 'unknown event, kept as it came')).toEqual([]);
  });

  test('I4 each fact that an event told stands in the history once', async () => {
    const lines = await system.at.db.query<{ ref: string; kind: string; n: unknown }>(
      "SELECT ref, kind, COUNT(*) AS n FROM relation_history WHERE ref LIKE 'inbox:%' GROUP BY ref, kind, relation_id",
    );
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(({ n }) => Number(n) !== 1)).toEqual([]);
  });

  test('the API names what each event names', async () => {
    const { at } = system;
    const items = await at.api.all('inbox-events?event=change_external_contact&change_type=del_follow_user');
    expect(items).toEqual([
      expect.objectContaining({ state: 'done', external_userid: expect.any(String), error: null }),
    ]);
    const ignored = await at.api.all('inbox-events?state=ignored&event=kf_msg_or_event');
    expect(ignored).toEqual([expect.objectContaining({ error: 'waits for: customer service accounts' })]);
  });
});
