import { days } from '../core/clock';
import { type Company, nowOf } from './company';
import type { ExternalContact, Staff } from './world/types';

const year = days(365) / 1000;

/** Nothing can be given by, or to, somebody who has not signed in for a year, nor by somebody who left longer ago. */
export const hasGoneStale = (company: Company, { login_stale, departed_at }: Staff): boolean =>
  login_stale || (departed_at !== undefined && nowOf(company) - departed_at > year);

/** Whether one customer more is too many. Somebody they have already is none more. */
export const isFull = (
  { relations, customer_cap = Number.POSITIVE_INFINITY }: Staff,
  { external_userid }: ExternalContact,
): boolean => relations.size >= customer_cap && !relations.has(external_userid);
