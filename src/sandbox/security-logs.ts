import { toUnix } from '../core/clock';
import type { Company } from './company';
import type { Fact } from './ledger';

export const securityLogs = ['member_log', 'admin_log', 'file_record', 'screen_record'] as const;
export type SecurityLog = (typeof securityLogs)[number];

/** A line of one of the company's logs. */
export interface LoggedRow {
  readonly serial: number;
  readonly time: number;
  /** As WeCom answers it. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** What somebody did that only a log tells of, as the ledger keeps it. */
export interface LoggedAct {
  log: SecurityLog;
  /** Seconds; rows may come late. */
  time: number;
  row: Readonly<Record<string, unknown>>;
}

const address = '203.0.113.*';

/** What acts of every day leave in the logs. What was done through the API leaves nothing. */
const traces: Partial<Record<Fact['kind'], (fact: Fact, company: Company) => Omit<LoggedAct, 'time'>>> = {
  relation_added: (fact, company) => memberRow(fact, 1, customer(fact, company)),
  relation_deleted_by_staff: (fact, company) => memberRow(fact, 2, customer(fact, company)),
  staff_left: ({ userid }, company) => adminRow(company, { oper_type: 3, detail_type: 13 }, userid ?? ''),
  archive_seat_changed: ({ userid }, company) => adminRow(company, { oper_type: 7, detail_type: 140 }, userid ?? ''),
  archive_key_rotated: (_, company) => adminRow(company, { oper_type: 7, detail_type: 136 }, ''),
  intercept_rule_added: (_, company) => adminRow(company, { oper_type: 13, detail_type: 146 }, ''),
  intercept_rule_changed: (_, company) => adminRow(company, { oper_type: 13, detail_type: 146 }, ''),
  intercept_rule_removed: (_, company) => adminRow(company, { oper_type: 13, detail_type: 146 }, ''),
};

const customer = ({ external_userid = '' }: Fact, { world }: Company): string =>
  `姓名：${world.contacts.get(external_userid)?.name ?? ''}；手机号：13800138000`;

const memberRow = ({ userid }: Fact, oper_type: number, detail_info: string): Omit<LoggedAct, 'time'> => ({
  log: 'member_log',
  row: { userid, oper_type, detail_info, ip: address },
});

/** Whoever came first runs the console. */
const adminRow = ({ world }: Company, types: object, detail_info: string): Omit<LoggedAct, 'time'> => {
  const [administrator] = world.staff.values();
  return { log: 'admin_log', row: { userid: administrator?.userid ?? '', ...types, detail_info, ip: address } };
};

/** One log, in the order in which its rows came to be known. */
export function* rowsOf(company: Company, log: SecurityLog): Generator<LoggedRow> {
  for (const fact of company.ledger.facts) {
    const act = actOf(fact, company);
    if (act?.log === log) yield { serial: fact.seq, time: act.time, row: { time: act.time, ...act.row } };
  }
}

function actOf(fact: Fact, company: Company): LoggedAct | undefined {
  if (fact.logged) return fact.logged;
  const trace = fact.origin === 'client' ? traces[fact.kind] : undefined;
  return trace && { time: toUnix(fact.at), ...trace(fact, company) };
}
