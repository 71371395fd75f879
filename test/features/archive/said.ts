import { createLogger } from 'winston';
import { systemClock } from '../../../src/core/clock';
import { paddedSeq } from '../../../src/core/seq';
import type { Vault } from '../../../src/core/vault';
import type { Database } from '../../../src/db/database';
import type { MessageSink } from '../../../src/features/archive/conversations';
import { createOpener } from '../../../src/features/archive/conversations';
import { createEnvelopeStore, leafOfEnvelope } from '../../../src/features/archive/envelopes/envelopes.store';
import { pageStream } from '../../../src/features/archive/envelopes/page.stream';
import { createDomainEvents } from '../../../src/features/kernel/events';
import type { Evidence } from '../../../src/features/kernel/evidence';
import { createLeases } from '../../../src/jobs';

interface Place {
  db: Database;
  vault: Vault;
  evidence: Pick<Evidence, 'append'>;
  sinks?: readonly MessageSink[];
}

/** Something that was said. Whatever else is given goes into the message as it stands. */
export interface Said {
  from: string;
  to: string[];
  at: Date | string;
  text?: string;
  [more: string]: unknown;
}

/** An id WeCom would give to somebody outside. */
export const outsider = (n: number): string => `wmDEMOreview${String(n).padStart(12, '0')}`;

/** Into the archive by its own ways: envelopes in a page, opened as messages. Only the vendor's library is pretended. */
export async function say({ db, vault, evidence, sinks = [] }: Place, said: readonly Said[]): Promise<number[]> {
  const store = createEnvelopeStore(db);
  const cursor = await store.cursor();
  const first = cursor.lastId + 1;
  const envelopes = said.map(({ from, to, at, text = 'hello', ...more }, i) => {
    const seq = paddedSeq(String(first + i));
    const msgid = `m${first + i}_external`;
    const plain = { msgid, action: 'send', from, tolist: to, msgtime: new Date(at).getTime() };
    const message = JSON.stringify({ ...plain, msgtype: 'text', text: { content: text }, ...more });
    const sealed = { encrypt_random_key: `key of ${msgid}`, encrypt_chat_msg: message };
    return { seq, msgid, publickey_ver: 1, ...sealed };
  });
  await db.transact(async () => {
    const pages = envelopes.map((one) => ({ ...one, leaf: leafOfEnvelope(one) }));
    const page = await store.addPage(pages, { lastId: cursor.lastId, at: systemClock.now() });
    await evidence.append(pageStream.name, [page]);
    await store.moveCursor({
      ...{ seq: envelopes.at(-1)?.seq ?? cursor.seq, lastId: cursor.lastId + said.length },
      answeredAt: systemClock.now(),
    });
  });
  const opener = createOpener({
    ...{ db, vault, evidence, sinks, events: createDomainEvents(), clock: systemClock, leases: createLeases({ db }) },
    logger: createLogger({ silent: true }),
    sdk: { open: async (rows) => rows.map(({ encrypt_chat_msg }) => ({ plain: encrypt_chat_msg })) },
  });
  await opener.openAll();
  return said.map((_, i) => first + i);
}
