import {
  arranged,
  daysUntil,
  type Leaving,
  sharesOf,
  standOf,
  waitingIn,
} from '../../web/src/pages/handover/departures/standing';
import { byReason, verdictOf } from '../../web/src/pages/handover/leftovers/reasons';

const now = new Date('2026-03-20T12:00:00Z');
const daysAgo = (count: number): string => new Date(now.getTime() - count * 86_400_000).toISOString();
const none = {
  ...{ external_contacts: { movable: 0 }, group_chats: { owned: 0 } },
  ...{ subjects: 0, in_handover: 0, moved: 0, exceptions: 0 },
};
const counts = { ...none, external_contacts: { movable: 5, apart: 2 }, subjects: 1 };

type Named = Leaving & { id: string };
const departure = (change: Partial<Named>): Named => ({
  ...{ id: '1', userid: 'lilei', name: '李雷', state: 'left', last_day: null, counts },
  ...{ departed_at: daysAgo(1), movable_until: daysAgo(-364), created_at: daysAgo(1) },
  ...change,
});

const late = departure({ id: 'late', departed_at: daysAgo(4) });
const later = departure({ id: 'later', departed_at: daysAgo(30) });
const fresh = departure({ id: 'fresh' });
const soon = departure({ id: 'soon', state: 'planned', departed_at: null, last_day: '2026-03-25' });
const some = departure({ id: 'some', state: 'planned', departed_at: null, name: 'Alice', userid: 'alice' });
const old = departure({ id: 'old', departed_at: daysAgo(400), movable_until: daysAgo(35) });
const done = departure({ id: 'done', departed_at: daysAgo(9), counts: { ...none, moved: 6 } });
const stayed = departure({ id: 'stayed', state: 'called_off' });
const all = [done, old, some, soon, fresh, stayed, late, later];
const idsOf = (found: Named[]): string[] => found.map(({ id }) => id);

test('WCM-07 who left over three days ago and holds something stands first, who will leave after those who left', () => {
  expect(idsOf(arranged(all, {}, now))).toEqual(['later', 'late', 'fresh', 'soon', 'some', 'old', 'stayed']);
  expect(idsOf(arranged(all, { stand: 'done' }, now))).toEqual(['done']);
  expect(idsOf(arranged(all, { q: ' ALI' }, now))).toEqual(['some']);
});

test('WCM-07 a departure whose time nobody knows waits from when it was heard of', () => {
  expect(standOf(departure({ departed_at: null, movable_until: null, created_at: daysAgo(8) }), now)).toBe('overdue');
});

test('WCM-07 what WeCom cannot move is not waited for, and what failed is not called untouched', () => {
  expect(waitingIn(counts)).toBe(6);
  const under = { ...counts, in_handover: 2, exceptions: 1, moved: 7 };
  expect(sharesOf(under)).toEqual({ moved: 7, underWay: 2, exceptions: 1, untouched: 3 });
});

test('WCM-07 days to the last one are days of the calendar', () => {
  const evening = new Date(2026, 2, 20, 23, 59);
  expect([daysUntil('2026-03-20', evening), daysUntil('2026-03-21', evening)]).toEqual([0, 1]);
  expect(daysUntil('2026-02-28', new Date(2026, 2, 1, 0, 1))).toBe(-1);
});

test('WCM-07 nothing left is proved by a list that was read lately, and by no other', () => {
  const summary = { list_read_at: daysAgo(1), total: 0, counts: [] };
  expect(verdictOf(summary, now)).toBe('clear');
  expect(verdictOf({ ...summary, list_read_at: daysAgo(2) }, now)).toBe('unproved');
  expect(verdictOf({ ...summary, list_read_at: null }, now)).toBe('unproved');
  const half = {
    ...summary,
    total: 3,
    counts: [{ kind: 'external_contact' as const, why: 'half' as const, count: 3 }],
  };
  expect(verdictOf(half, now)).toBe('excepted');
  expect(verdictOf({ ...half, list_read_at: null }, now)).toBe('unproved');
  const held = { ...summary, total: 3, counts: [{ kind: 'group_chat' as const, why: 'refused' as const, count: 3 }] };
  expect(verdictOf(held, now)).toBe('held');
  expect(byReason(held).map(({ why, total }) => [why, total])).toEqual([['refused', 3]]);
});
