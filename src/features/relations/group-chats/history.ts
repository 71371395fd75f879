import type { Vault } from '../../../core/vault';
import { type Database, toDate } from '../../../db/database';
import { createPersonalKeys } from '../../../db/personal-keys';
import type { GroupChatHistory } from './group-chats.entity';
import type { NewHistory } from './group-chats.types';

/** Of somebody who is not staff. As stored, the name is `sealed`; of whoever was erased there is none. */
interface Outsider {
  userid: string;
  type: 2;
  name?: string;
  sealed?: string;
}

interface Line extends Pick<GroupChatHistory, 'chat_id' | 'kind' | 'occurred_at'> {
  detail: object;
}

const isOutsider = (detail: unknown): detail is Outsider => (detail as Partial<Outsider> | null)?.type === 2;

/** The counter of the row is not known when it is sealed: all that tells it from another stands for it. */
const placeOf = ({ chat_id, kind, occurred_at }: Omit<Line, 'detail'>, userid: string) => ({
  table: 'group_chat_history',
  column: 'detail',
  id: `${chat_id} ${kind} ${userid} ${toDate(occurred_at).getTime()}`,
});

export type GroupChatHistorySeal = ReturnType<typeof createGroupChatHistorySeal>;

/** The names of persons in the history, which nobody can change: under the key of each, so that it can be forgotten (S23). */
export function createGroupChatHistorySeal({ db, vault }: { db: Database; vault: Vault }) {
  const personalKeys = createPersonalKeys({ db, vault });

  function sealed(line: Line, keys: ReadonlyMap<string, Buffer>): object {
    if (!isOutsider(line.detail)) return line.detail;
    const { name, ...rest } = line.detail;
    const key = keys.get(rest.userid);
    return name && key ? { ...rest, sealed: vault.sealUnder(key, name, placeOf(line, rest.userid)) } : rest;
  }

  function opened(line: Line, keys: ReadonlyMap<string, Buffer>): object {
    if (!isOutsider(line.detail)) return line.detail;
    const { sealed: text, ...rest } = line.detail;
    const key = keys.get(rest.userid);
    return text && key ? { ...rest, name: vault.openUnder(key, text, placeOf(line, rest.userid)) } : rest;
  }

  return {
    /** Details as they are stored, in the order of the lines. Must run inside `transact`. */
    async details(chat_id: string, lines: NewHistory[]): Promise<(string | null)[]> {
      const persons = lines.flatMap(({ detail }) => (isOutsider(detail) ? detail.userid : []));
      const keys = persons.length > 0 ? await personalKeys.ensure(persons) : new Map<string, Buffer>();
      return lines.map(({ detail, ...line }) =>
        detail ? JSON.stringify(sealed({ ...line, chat_id, detail }, keys)) : null,
      );
    },

    /** The reverse: names as they were told, as far as nobody was erased. */
    async open(rows: GroupChatHistory[]): Promise<unknown[]> {
      const details = rows.map((row) => (row.detail === null ? null : JSON.parse(row.detail)));
      const keys = await personalKeys.find(details.flatMap((detail) => (isOutsider(detail) ? detail.userid : [])));
      return rows.map((row, i) => details[i] && opened({ ...row, detail: details[i] }, keys));
    },
  };
}
