import type { Clock } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, instantText } from '../../../db/database';
import type { Leases } from '../../../jobs';
import { type Anchor, type AnchorStore, hashOfLine, makeAnchor } from './anchors';
import { chainOf, isoOf } from './chain';
import { type Head, lastCheckpoint, nothingBefore } from './checkpoints';
import { committed } from './committed';
import { exportLines } from './export';
import { type InclusionLine, inclusionOf } from './inclusion';
import { headOf, sealPending } from './sealer';
import { createSealingLoop } from './sealing-loop';
import { createKeys } from './signing';
import { createStreams, type EvidenceStream } from './streams';
import { type Verdict, type VerifyOptions, verifyChain } from './verify';

interface Deps {
  db: Database;
  vault: Vault;
  clock: Clock;
  logger: Logger;
  leases: Leases;
  /** The company the chain belongs to. */
  corp: string;
  anchors: AnchorStore;
  streams: readonly EvidenceStream[];
}

export interface EvidenceStatus {
  links: number;
  pending: number;
  newest_link_at: string | null;
  last_checkpoint: { n: number; made_at: string; key_id: string } | null;
  last_anchor: { n: number; made_at: string; key_id: string } | null;
  anchors_on_same_disk: boolean | null;
  witnesses_behind: string[];
}

export type Evidence = ReturnType<typeof createEvidence>;

const anchorLease = 'evidence.anchor';
const leaseMs = 15_000;

/** The writing end alone: a restore has no chain to speak of, and yet leaves its row. */
export const createEvidenceWriter = (db: Database) => ({
  /** Announces rows of a stream that were inserted in the open transaction. They are sealed within a second of it. */
  async append(stream: string, ids: readonly number[]): Promise<void> {
    if (!db.inTransaction) throw new Error('evidence is announced in the transaction that writes it');
    const rows = ids.map((id) => [stream, id]);
    await insertRows(db, { table: 'evidence_pending', columns: ['stream', 'row_id'] }, rows);
  },
});

/** The one hash chain over every stream of evidence. */
export function createEvidence({ db, vault, clock, logger, leases, corp, anchors, streams: given }: Deps) {
  const chain = chainOf(corp);
  const keys = createKeys({ db, vault });
  const streams = createStreams(db, given);
  const reading = { db, chain, keys, streams, anchors };
  const sealing = { db, chain, keys, streams, leases, logger };

  /** What the next anchor goes on from. */
  async function anchorAfterLast(head: Head): Promise<Anchor> {
    const last = (await anchors.lines()).at(-1);
    const previous = { n: last?.anchor?.n ?? 0, hash: last ? hashOfLine(last.text) : nothingBefore };
    return makeAnchor(await keys.signer(), { corp, head, previous, at: clock.now() });
  }

  return {
    ...createEvidenceWriter(db),

    /** Those of the rows that the chain covers. */
    sealed: (stream: string, ids: number[]): Promise<Set<number>> => streams.named('evidence_link', stream, ids),

    /** Links what is pending, now. @returns how many, or null while another process does it */
    seal: (options?: { sign?: boolean }) => sealPending(sealing, options),

    /** The loop that seals; runs in every process that works. */
    sealer: createSealingLoop(sealing),

    /** Reads everything, or what came after a link, and names what does not fit. */
    verify: (options?: VerifyOptions): Promise<Verdict> => verifyChain(reading, options),

    /** Writes down outside the database how far the chain is; nothing while there is no link. */
    async anchor(): Promise<Anchor | undefined> {
      let made: Anchor | undefined;
      await leases.hold(anchorLease, leaseMs, async () => {
        const head = await committed(db, () => headOf(db, chain));
        if (head.n === 0) return;
        made = await anchorAfterLast(head);
        await anchors.append(JSON.stringify(made));
      });
      return made;
    },

    /** The chain and the rows of some streams, as lines for a file. */
    export: (withRowsOf: string[]): AsyncGenerator<string> =>
      exportLines(reading, { withRowsOf, at: clock.now(), anchor: anchorAfterLast }),

    /** What leads from single rows of a stream to a signature: for an export of a part. */
    inclusion: (stream: string, ids: readonly number[]): AsyncGenerator<InclusionLine> =>
      inclusionOf(reading, { stream, ids }),

    /** Signs a text that names its key and is no statement of the chain: it must not begin with a bracket, as those do. */
    async sign(write: (key: { key_id: string; public_key: string }) => string): Promise<{ text: string; sig: string }> {
      const { keyId, publicKey, sign } = await keys.signer();
      const text = write({ key_id: keyId, public_key: publicKey });
      if (text.startsWith('[')) throw new Error('only the chain signs statements of its own');
      return { text, sig: sign(text) };
    },

    async status(): Promise<EvidenceStatus> {
      const head = await headOf(db, chain);
      const [pending] = await db.query<{ pending: unknown }>('SELECT COUNT(*) AS pending FROM evidence_pending');
      return {
        links: head.n,
        pending: Number(pending?.pending ?? 0),
        newest_link_at: await newestLinkAt(db, head.n),
        last_checkpoint: await checkpointShown(db),
        last_anchor: await anchorShown(anchors),
        anchors_on_same_disk: await anchors.onDiskOfDatabase(),
        witnesses_behind: anchors.behind(),
      };
    },
  };
}

async function newestLinkAt(db: Database, n: number): Promise<string | null> {
  const [row] = await db.query<{ sealed_at: unknown }>('SELECT sealed_at FROM evidence_link WHERE n = ?', [n]);
  return row ? isoOf(instantText(row.sealed_at)) : null;
}

async function checkpointShown(db: Database): Promise<EvidenceStatus['last_checkpoint']> {
  const last = await lastCheckpoint(db);
  return last ? { n: last.n, made_at: isoOf(last.made_at), key_id: last.key_id } : null;
}

async function anchorShown(anchors: AnchorStore): Promise<EvidenceStatus['last_anchor']> {
  const last = (await anchors.lines()).at(-1)?.anchor;
  return last ? { n: last.n, made_at: last.made_at, key_id: last.key_id } : null;
}
