import { createLogger } from 'winston';
import { systemClock } from '../../src/core/clock';
import { zeroSeq } from '../../src/core/seq';
import type { Vault } from '../../src/core/vault';
import { insertRows } from '../../src/db/bulk';
import type { Database } from '../../src/db/database';
import { createOpener, type MessageSink } from '../../src/features/archive/conversations';
import { createDomainEvents } from '../../src/features/kernel/events';
import { createLeases } from '../../src/jobs';

/** What a test says of a message; the rest is like everyday. */
export interface Said {
  text?: string;
  from?: string;
  to?: string[];
  chat?: string;
  at?: Date;
  /** In place of a text. */
  type?: string;
  payload?: object;
  recalls?: string;
}

export const someCustomer = 'wmTEST0000000000000000000000000001';

function plainOf({ text = '', from = 'lin', to = [someCustomer], chat, at, type = 'text', ...more }: Said, n: number) {
  const payload = type === 'revoke' ? { pre_msgid: more.recalls } : (more.payload ?? { content: text });
  return JSON.stringify({
    ...{ msgid: `m${n}`, action: type === 'revoke' ? 'recall' : 'send', from, tolist: to, roomid: chat ?? '' },
    ...{ msgtime: (at?.getTime() ?? Date.UTC(2026, 0, 1)) + (at ? 0 : n * 1000), msgtype: type, [type]: payload },
  });
}

/** So that no word of it can be read where it is stored. */
const sealedOf = (plain: string): string => Buffer.from(plain).toString('base64');

/** Puts messages through the real opener, as if WeCom had given them and they had been decrypted. */
export function archiveAtTest({ db, vault, sinks }: { db: Database; vault: Vault; sinks: MessageSink[] }) {
  const opener = createOpener({
    ...{ db, vault, sinks, events: createDomainEvents(), clock: systemClock, logger: createLogger({ silent: true }) },
    leases: createLeases({ db }),
    evidence: { append: async () => undefined },
    sdk: {
      open: async (rows) =>
        rows.map(({ encrypt_chat_msg }) => ({ plain: Buffer.from(encrypt_chat_msg, 'base64').toString() })),
    },
  });
  let last = 0;
  const envelopeColumns = ['id', 'seq', 'msgid', 'publickey_ver', 'random_key', 'message', 'page_id', 'leaf'];
  return {
    /** @param first the id of the first; behind the last one otherwise. @returns the ids */
    async say(messages: readonly Said[], first = last + 1): Promise<number[]> {
      const ids = messages.map((_, i) => first + i);
      const seqOf = (id: number) => zeroSeq.slice(0, -9) + String(id).padStart(9, '0');
      const rows = messages.map((said, i) => {
        const id = first + i;
        return [id, seqOf(id), `m${id}`, 1, '', sealedOf(plainOf(said, id)), first, ''];
      });
      const page = [first, seqOf(first), seqOf(first), messages.length, '', new Date()];
      await db.transact(async () => {
        const columns = ['id', 'from_seq', 'to_seq', 'count', 'root', 'received_at'];
        await insertRows(db, { table: 'archive_page', columns }, [page]);
        await insertRows(db, { table: 'archive_envelope', columns: envelopeColumns }, rows);
      });
      await opener.openAll();
      last = ids.at(-1) ?? last;
      return ids;
    },
  };
}
