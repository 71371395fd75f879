import { type Json, useSystem } from '../../support/system';

/** What a caller is answered. */
interface Answer {
  status: number;
  body: Json;
}

/** A system, and somebody who may configure the CRM. */
export function useConfiguring() {
  const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
  const tokens = new Map<string, Promise<string>>();

  function tokenOf(role: string): Promise<string> {
    const known = tokens.get(role);
    if (known !== undefined) return known;
    const { access } = system.at.system.services;
    const token = access.issueToken({ name: role, roles: [role] as never }).then((issued) => issued.token);
    tokens.set(role, token);
    return token;
  }

  /** Asks as a token of the role. */
  const as =
    (role: string) =>
    async (method: string, path: string, body?: object, key?: string): Promise<Answer> => {
      const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
        method,
        headers: {
          ...{ authorization: `Bearer ${await tokenOf(role)}`, connection: 'close' },
          ...{ 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) },
        },
        body: body ? JSON.stringify(body) : null,
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    };

  return {
    system,
    as,
    ask: as('system_admin'),
    read: async (path: string): Promise<Json> => (await as('sales')('GET', path)).body,
    /** What the trail says of a target, oldest first. */
    trail: async (target: string): Promise<Json[]> => {
      const sql = 'SELECT action, detail FROM audit_event WHERE target = ? ORDER BY id';
      const rows = await system.at.db.query<{ action: string; detail: string }>(sql, [target]);
      return rows.map(({ action, detail }) => ({ action, detail: JSON.parse(detail) }));
    },
  };
}

/** Records, as far as a list is concerned: which entry each of them holds. */
export function aTableOf(of: string, held: string[]) {
  return {
    of,
    held,
    count: async (entry: string) => held.filter((one) => one === entry).length,
    replace: async (from: string, to: string) => {
      held.forEach((one, i) => {
        if (one === from) held[i] = to;
      });
    },
  };
}
