import { groupBy } from '../../src/core/collections';
import { toDate } from '../../src/db/database';
import { must } from './checks';
import { type Crowd, type HeldRelation, pairOf } from './handover-world';
import type { Site } from './site';

interface Row {
  id: number;
  kind: 'external_contact' | 'group_chat';
  subject_id: string;
  from_userid: string;
  to_userid: string | null;
  state: string;
  errcode: number | null;
  carry: string | null;
}

interface Step {
  item_id: unknown;
  kind: string;
  call_id: unknown;
  errcode: unknown;
  /** Our id of whoever was to take over then. */
  to_staff_id: string | null;
}

interface View {
  state: string;
  summary: { total: number; external_contacts: number; group_chats: number; by_state: Record<string, number> };
}

const outcomes: Record<string, string> = {
  taken_over: 'taken_over',
  customer_refused: 'refused',
  customer_limit_exceed: 'over_limit',
};

async function itemsOf(site: Site, id: string): Promise<Row[]> {
  const rows = await (await site.db()).query<Row>(
    `SELECT i.id, i.kind, i.subject_id, i.state, i.errcode, i.carry, f.userid AS from_userid, t.userid AS to_userid
     FROM handover_item i JOIN staff f ON f.id = i.from_staff_id LEFT JOIN staff t ON t.id = i.to_staff_id
     WHERE i.handover_id = ?`,
    [id],
  );
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    errcode: row.errcode === null ? null : Number(row.errcode),
  }));
}

async function stepsOf(site: Site, id: string): Promise<Map<number, Step[]>> {
  const rows = await (await site.db()).query<Step>(
    `SELECT s.item_id, s.kind, s.call_id, s.errcode, s.to_staff_id FROM handover_step s
     JOIN handover_item i ON i.id = s.item_id WHERE i.handover_id = ? ORDER BY s.id`,
    [id],
  );
  return groupBy(rows, ({ item_id }) => Number(item_id));
}

/** Every item has an end with a name, and it is the one that WeCom's book of transfers knows; nobody was taken twice. */
export async function mustHaveEnded(site: Site, id: string, crowd: Crowd, mark: number): Promise<string> {
  const { world } = site.sandbox;
  const given = groupBy([...world.transfers].slice(mark), ({ handover, contact }) =>
    pairOf(handover.userid, contact.external_userid),
  );
  const groups = groupBy([...world.groupTransfers], ({ chat }) => chat.chat_id);
  const items = await itemsOf(site, id);
  const steps = await stepsOf(site, id);
  const wrong = items.flatMap((item) => {
    const isGroup = item.kind === 'group_chat';
    const key = pairOf(item.from_userid, item.subject_id);
    const rows: Taken[] = (isGroup ? groups.get(item.subject_id) : given.get(key)) ?? [];
    if (!isGroup) given.delete(key);
    const seconds = (steps.get(item.id) ?? []).filter(({ kind }) => kind === 'second_candidate').length;
    return [
      ...(rows.length > 1 + seconds ? [`${key} was accepted ${rows.length} times`] : []),
      ...faultOf(site, item, rows, crowd).map((fault) => `${key} ${fault}`),
    ];
  });
  must(wrong.length === 0, `${wrong.length} items are wrong: ${wrong.slice(0, 5).join('; ')}`);
  must(given.size === 0, `${given.size} were given of whom the handover knows nothing`);
  const again = [...steps.values()].flat().filter(({ errcode }) => [40100, 40129].includes(Number(errcode)));
  must(again.length === 0, `${again.length} were asked for while they were on their way`);
  await mustAddUp(site, id, items);
  const counts = [...groupBy(items, ({ state, errcode }) => (errcode ? `${state} ${errcode}` : state))];
  return `${items.length} items (${counts.map(([state, all]) => `${all.length} ${state}`).join(', ')}) as in WeCom’s book`;
}

interface Taken {
  takeover: { userid: string };
  outcome: string | undefined;
}

function faultOf({ sandbox }: Site, item: Row, rows: Taken[], crowd: Crowd): string[] {
  const last = rows.at(-1);
  const said = `${item.state} ${item.errcode ?? ''} ${item.to_userid}`;
  if (item.state === 'failed') {
    const isOver = last === undefined || (last.outcome !== 'taken_over' && !isOf(last, item));
    return isOver && isTrue(sandbox, item, crowd) ? [] : [`is ${said}, which nothing explains`];
  }
  const ended = last?.outcome === undefined ? undefined : outcomes[last.outcome];
  if (ended === item.state && last && isOf(last, item)) return [];
  return [`is ${said}, but ${last?.outcome} by ${last?.takeover.userid}`];
}

const isOf = ({ takeover }: Taken, { to_userid }: Row): boolean => takeover.userid === to_userid;

/** Whether what WeCom is said to have refused is what was prepared. */
function isTrue({ world }: Site['sandbox'], item: Row, { before, protectedPairs }: Crowd): boolean {
  const key = pairOf(item.from_userid, item.subject_id);
  const to = world.findStaff(item.to_userid ?? '');
  if (item.errcode === 40098) return to?.real_named === false;
  if (item.errcode === 40099) return to?.customer_cap !== undefined;
  if (item.errcode === 40128) return protectedPairs.has(key);
  if (item.errcode === 40131) return before.get(key)?.external_deleted === true;
  return false;
}

async function mustAddUp(site: Site, id: string, items: Row[]): Promise<void> {
  const { state, summary } = await site.api<View>('GET', `handovers/${id}`);
  const states = Object.entries(summary.by_state);
  const sum = states.reduce((total, [, n]) => total + n, 0);
  must(state === 'done', `the handover is ${state}`);
  must(summary.total === items.length && sum === items.length, `${items.length} items, but the summary says ${sum}`);
  must(summary.external_contacts + summary.group_chats === sum, 'contacts and groups do not add up');
  for (const [name, n] of states) {
    const there = items.filter((item) => item.state === name).length;
    must(there === n, `${there} items are ${name}, but the summary says ${n}`);
  }
}

const submitPaths = [
  'transfer_customer',
  'resigned/transfer_customer',
  'groupchat/transfer',
  'groupchat/onjob_transfer',
];
const perCall = 100;

/** As few calls as can be: those whom WeCom refused, or sent to a second candidate, need calls of their own. */
export async function mustSpareCalls(
  site: Site,
  id: string,
  stages: readonly Date[],
  before: Readonly<Record<string, number>>,
): Promise<string> {
  const db = await site.db();
  const calls = await db.query<{ id: unknown; errcode: unknown; sent_at: unknown }>(
    'SELECT id, errcode, sent_at FROM handover_call WHERE handover_id = ?',
    [id],
  );
  // A call that WeCom refused as a whole had no effect.
  const taken = calls.filter(({ errcode }) => errcode === null);
  const sent = new Map(taken.map((call) => [Number(call.id), toDate(call.sent_at)]));
  const steps = await stepsOf(site, id);
  const asked = (await itemsOf(site, id)).flatMap((item) => {
    let seconds = 0;
    return (steps.get(item.id) ?? []).flatMap(({ kind, call_id, to_staff_id }) => {
      if (kind === 'second_candidate') seconds += 1;
      const at = sent.get(Number(call_id));
      if (!['accepted', 'found', 'not_accepted'].includes(kind) || at === undefined) return [];
      const stage = stages.filter((began) => began <= at).length;
      const from = item.kind === 'group_chat' ? '' : item.from_userid;
      return [{ call: Number(call_id), alike: `${item.kind} ${stage} ${seconds} ${from} ${to_staff_id}` }];
    });
  });
  const least = [...groupBy(asked, ({ alike }) => alike).values()].reduce(
    (sum, all) => sum + Math.ceil(all.length / perCall),
    0,
  );
  const effective = new Set(asked.map(({ call }) => call)).size;
  const { answered } = site.sandbox.ledger;
  const heard = submitPaths.reduce((sum, name) => {
    const path = `externalcontact/${name}`;
    return sum + (answered[path] ?? 0) - (before[path] ?? 0);
  }, 0);
  const most = Math.max(effective, heard);
  must(most <= least * 1.05, `${most} calls had an effect where ${least} are enough (${heard} answered)`);
  return `${most} calls where ${least} are enough (${calls.length} tried)`;
}

/** What the giver had noted of those who arrived is with the successor, and nothing else was done to them. */
export async function mustHaveArrived(site: Site, id: string, { before }: Crowd): Promise<string> {
  const arrived = (await itemsOf(site, id)).filter(
    ({ kind, state }) => kind === 'external_contact' && state === 'taken_over',
  );
  const shared = groupBy(arrived, ({ subject_id, to_userid }) => pairOf(to_userid ?? '', subject_id));
  const wrong = arrived.flatMap((item) => {
    const key = pairOf(item.to_userid ?? '', item.subject_id);
    const isFriend = before.has(key) || (shared.get(key)?.length ?? 0) > 1;
    const fault = lossOf(site, item, { held: before.get(pairOf(item.from_userid, item.subject_id)), isFriend });
    return fault === undefined ? [] : [`${key} ${fault}`];
  });
  must(wrong.length === 0, `${wrong.length} arrived otherwise: ${wrong.slice(0, 4).join('; ')}`);
  return `${arrived.length} arrived with all that was noted of them`;
}

/** What friends had noted themselves stays, so only tags are sure to come. */
function lossOf(
  { sandbox }: Site,
  { subject_id, to_userid, carry }: Row,
  { held, isFriend }: { held: HeldRelation | undefined; isFriend: boolean },
): string | undefined {
  const has = sandbox.world.findRelation(to_userid ?? '', subject_id);
  if (!has || !held) return 'is not there';
  if (carry !== 'done') return `is ${carry}`;
  if (held.tag_ids.some((tag) => !has.tags.includes(tag))) return 'lost tags';
  if (isFriend) return undefined;
  const isNamed = has.contact.type === 1;
  const noted = [
    has.remark,
    has.description,
    has.remark_mobiles,
    [...has.tags].sort(),
    isNamed && has.remark_corp_name,
  ];
  const wanted = [held.remark, held.description, held.remark_mobiles, held.tag_ids, isNamed && held.corp_name];
  const [here, there] = [JSON.stringify(noted), JSON.stringify(wanted)];
  return here === there ? undefined : `is ${here}, not ${there}`;
}
