import type { Company } from '../company';
import { hasGoneStale } from '../fitness';
import type { Arguments } from '../http/arguments';
import { badArgument, Refusal } from '../http/fault';
import type { SandboxApp } from '../settings';
import type { Staff } from '../world/types';

/** One path below /cgi-bin/. */
export interface Endpoint {
  method: 'GET' | 'POST';
  /** Whose token is accepted. */
  apps: readonly SandboxApp[];
  /** What anybody else is answered. Default 48002. */
  otherwise?: number;
  /** The fields of the answer besides errcode and errmsg. @throws Refusal */
  answer(given: Arguments, company: Company, app: SandboxApp): object;
}

export type Endpoints = Readonly<Record<string, Endpoint>>;

/** @throws Refusal `errcode` for a member who is unknown or has left */
export function servingStaff({ world }: Company, userid: string, errcode = 40003): Staff {
  const staff = world.findStaff(userid);
  if (!staff) throw new Refusal(errcode, `invalid userid: ${userid}`);
  return staff;
}

/** A member who may take over customers or groups. @throws Refusal 40003, 40098, 40205 */
export function successor(company: Company, userid: string): Staff {
  const staff = servingStaff(company, userid);
  const ready = staff.follower && staff.status === 1 && staff.real_named;
  if (!ready) throw new Refusal(40098, 'takeover member is not ready');
  mustBeFresh(company, staff);
  return staff;
}

/** @throws Refusal 40205 for somebody who has not signed in for a year, or left longer ago */
export function mustBeFresh(company: Company, staff: Staff): void {
  if (hasGoneStale(company, staff)) throw new Refusal(40205, 'login is too long ago');
}

/** @throws Refusal 40058 when the text is longer than WeCom takes */
export function atMost(name: string, text: string, characters: number): string {
  if ([...text].length > characters) throw badArgument(`${name} is longer than ${characters} characters`);
  return text;
}
