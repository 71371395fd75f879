import { normalPhone } from '../../../core/phone';
import {
  type Draft,
  fieldFault,
  type Key,
  phoneKeys,
  type RecordRules,
  recordError,
  type Values,
} from '../../../records';
import type { LeadState } from './lead.entity';

/** From where to where a lead may go (crm-features §4.3). */
const ways: Readonly<Record<LeadState, readonly LeadState[]>> = {
  new: ['assigned', 'discarded', 'pooled'],
  assigned: ['contacted', 'discarded', 'pooled'],
  contacted: ['qualified', 'discarded', 'pooled'],
  qualified: ['converted', 'contacted', 'discarded', 'pooled'],
  converted: [],
  discarded: ['pooled'],
  pooled: ['assigned'],
};

/** @throws record.bad_transition naming where it could go */
export function assertWay(from: unknown, to: LeadState): void {
  const allowed = ways[from as LeadState];
  if (!allowed.includes(to)) throw recordError('bad_transition', { from: String(from), to, allowed: [...allowed] });
}

const isOpen = ({ status }: Values): boolean => status !== 'converted' && status !== 'discarded';

const numbersOf = ({ phones }: Values): string[] => [
  ...new Set(((phones as string[] | null) ?? []).flatMap((number) => normalPhone(number) ?? [])),
];

/** Of open leads: one a phone number, a mail address, an external contact (LEA-01). */
function claims(values: Values): Key[] {
  if (!isOpen(values)) return [];
  return [
    ...numbersOf(values).map((value) => ({ kind: 'phone', value, path: 'phones' })),
    ...one('email', values.email && String(values.email).toLowerCase()),
    ...one('wechat', values.wechat),
    ...one('external_userid', values.external_userid),
  ];
}

const one = (path: string, value: unknown): Key[] => (value ? [{ kind: path, value: String(value), path }] : []);

/** @param now of the database */
const check =
  (now: () => Date) =>
  async ({ values, before }: Draft): Promise<void> => {
    if (before?.status === 'converted') throw recordError('bad_transition', { from: 'converted', allowed: [] });
    assertReachable(values);
    assertAhead(values, before, now());
    if (values.estimated_amount != null) values.currency ??= 'CNY';
    values.status = statusOf(values);
    if (values.status !== before?.status) values.stage_since = now();
  };

function assertReachable(values: Values): void {
  const ways = [values.email, values.wechat, values.external_userid, ...numbersOf(values)];
  if (!ways.some(Boolean)) throw fieldFault('phones', 'required', 'At least one way to reach them');
}

/** Whoever names an owner assigns it. */
function statusOf({ status = 'new', owner_id: owner }: Values): unknown {
  return owner && (status === 'new' || status === 'pooled') ? 'assigned' : status;
}

function assertAhead({ next_follow_up_at: next }: Values, before: Values | null, now: Date): void {
  const isNew = next instanceof Date && next.getTime() !== (before?.next_follow_up_at as Date | null)?.getTime();
  if (isNew && next < now) throw fieldFault('next_follow_up_at', 'range', 'Must lie ahead');
}

export const leadRules = (now: () => Date): RecordRules => ({
  check: check(now),
  claims,
  lookups: (values) => [...phoneKeys('phones', numbersOf(values)), ...one('external_userid', values.external_userid)],
});
