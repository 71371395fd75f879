import type { Company } from '../company';
import { nowOf } from '../company';
import type { SecurityLog } from '../security-logs';
import { mustStaff } from './support';

interface Act {
  userid: string;
  /** How long ago, ms. Default 0. */
  ago_ms?: number | undefined;
}

export interface MemberAct extends Act {
  oper_type: number;
  detail_info?: string | undefined;
}

export interface AdminAct extends Act {
  /** Default 7, other. */
  oper_type?: number | undefined;
  detail_type: number;
  detail_info?: string | undefined;
}

export interface FileAct extends Act {
  type: number;
  source?: number | undefined;
  file_info: string;
  file_size?: number | undefined;
}

export interface ScreenAct extends Act {
  screen_shot_type: number;
  screen_shot_content?: string | undefined;
}

/** What nobody is told of, and only the logs keep: sign-ins, exports, files carried off, pictures of the screen. */
export const securityOperations = (company: Company) => {
  function log(to: SecurityLog, { userid, ago_ms = 0, ...row }: Act & Record<string, unknown>): { userid: string } {
    const staff = mustStaff(company, userid);
    const time = nowOf(company) - Math.floor(ago_ms / 1000);
    const fact = company.ledger.add({ kind: 'security_logged', userid: staff.userid, detail: { log: to, ...row } });
    fact.logged = { log: to, time, row: { userid: staff.userid, ...row } };
    return { userid: staff.userid };
  }

  return {
    /** A member signs in on another device, changes the phone, …: `oper_type` says what. */
    memberActs: ({ detail_info = '', ...act }: MemberAct) =>
      log('member_log', { ...act, detail_info, ip: '203.0.113.*' }),

    /** An administrator exports the address book, touches the archive's settings, …: `detail_type` says what. */
    adminActs: ({ oper_type = 7, detail_info = '', ...act }: AdminAct) =>
      log('admin_log', { ...act, oper_type, detail_info, ip: '203.0.113.7' }),

    /** Somebody does something with a file: 112 and 134 forward, 140 mails, 109 and 111 delete it. */
    fileActs: ({ type, source, file_size = 20_480, ...act }: FileAct) =>
      log('file_record', { ...act, operation: { type, ...(source ? { source } : {}) }, file_size }),

    /** Somebody takes a picture of the screen: 1 a chat, 2 the address book. */
    screenActs: ({ screen_shot_content = '', ...act }: ScreenAct) =>
      log('screen_record', { ...act, screen_shot_content, system: 'iOS' }),
  };
};
