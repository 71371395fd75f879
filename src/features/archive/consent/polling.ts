import { chunksOf } from '../../../core/collections';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { RunContext, Runs, RunView } from '../../../jobs';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import { consentError } from './consent.errors';
import type { Answer, ConsentStore } from './consent.store';
import { activeGroups, servedPairs } from './supervision.report';

interface Options {
  lane: 'bulk';
  signal?: AbortSignal;
}

/** What one person says, as WeCom knows it. */
type Said = Pick<Answer, 'external_userid' | 'status' | 'changed_at'>;

/** What WeCom tells about seats and consent (wecom-archive §6). */
export interface ConsentApi {
  /** Userids of those who hold a seat that works. */
  permitted(query: object, options: Options): Promise<string[]>;
  /** At most 100 pairs. */
  singleConsents(
    pairs: readonly { userid: string; external_userid: string }[],
    options: Options,
  ): Promise<(Said & { userid: string })[]>;
  /** Of every external member; null: the group is not known. */
  groupConsents(chatId: string, options: Options): Promise<Said[] | null>;
}

interface Deps {
  db: Database;
  runs: Pick<Runs, 'define' | 'start'>;
  audit: Pick<AuditService, 'record'>;
  store: ConsentStore;
  api: ConsentApi;
  /** Whether WeCom can be asked at all. */
  isConfigured: () => boolean;
}

interface Checkpoint {
  phase: 'seats' | 'single' | 'groups';
  /** The relation, or the group, that was asked for last. */
  after: string;
  asked: number;
  changed: number;
}

const kind = 'archive-consent';
const pairsACall = 100;
const groupsAtOnce = 50;

/** Asks WeCom who holds a seat and who agreed, and keeps what changed. */
export function createConsentPolling({ db, runs, audit, store, api, isConfigured }: Deps) {
  type Context = RunContext<Record<string, never>, Checkpoint>;
  const options = ({ signal }: Context): Options => ({ lane: 'bulk', signal });

  async function askSeats(ctx: Context): Promise<Checkpoint> {
    const userids = await api.permitted({}, options(ctx));
    const next: Checkpoint = { phase: 'single', after: '', asked: 0, changed: 0 };
    await ctx.save(next, { done: 0, total: 0, phase: 'consent_single' }, async () => {
      next.changed = await store.recordSeats(userids);
    });
    return next;
  }

  async function askPairs(ctx: Context, { after, ...at }: Checkpoint): Promise<Checkpoint> {
    const rows = await servedPairs(db, await store.seats(), { after, limit: 1000 });
    const last = rows.at(-1);
    const answers: Answer[] = [];
    for (const pairs of chunksOf(rows, pairsACall)) {
      const said = await api.singleConsents(pairs, options(ctx));
      answers.push(...said.map((one) => ({ ...one, chat_id: null })));
    }
    const next: Checkpoint = last
      ? { ...at, after: last.id, asked: at.asked + rows.length }
      : { ...at, phase: 'groups', after: '' };
    return keep(ctx, next, { answers, before: at.changed });
  }

  async function askGroups(ctx: Context, { after, ...at }: Checkpoint): Promise<Checkpoint | undefined> {
    const groups = await activeGroups(db, { after, limit: groupsAtOnce });
    const last = groups.at(-1);
    if (last === undefined) return undefined;
    const answers: Answer[] = [];
    for (const chat_id of groups) {
      const said = (await api.groupConsents(chat_id, options(ctx))) ?? [];
      answers.push(...said.map((one) => ({ ...one, userid: null, chat_id })));
    }
    const next: Checkpoint = { ...at, after: last, asked: at.asked + groups.length };
    return keep(ctx, next, { answers, before: at.changed });
  }

  /** The checkpoint is written with what it counts, so it is put together inside. */
  async function keep(ctx: Context, next: Checkpoint, { answers, before }: { answers: Answer[]; before: number }) {
    const phase = `consent_${next.phase}`;
    await ctx.save(next, { done: next.asked, total: next.asked, phase }, async () => {
      next.changed = before + (await store.record(answers, 'poll'));
    });
    return next;
  }

  runs.define<Record<string, never>, Checkpoint, object>(kind, {
    exclusive: true,
    async execute(ctx) {
      let at = ctx.checkpoint ?? (await askSeats(ctx));
      while (at.phase === 'single') at = await askPairs(ctx, at);
      for (let next: Checkpoint | undefined = at; next; next = await askGroups(ctx, next)) at = next;
      return { asked: at.asked, changed: at.changed };
    },
  });

  return {
    /** @throws consent.not_configured, run.in_progress */
    start({ viewer, address }: By): Promise<RunView> {
      if (!isConfigured()) throw consentError('not_configured');
      return db.transact(async () => {
        const run = await runs.start(kind, {}, viewer.name);
        await audit.record({
          ...{
            actor: actorOf(viewer),
            action: 'archive.consent_polled',
            target: `run:${run.id}`,
            result: 'ok',
            address,
          },
        });
        return run;
      });
    },

    /** By the schedule; nothing while the archive is not set up. */
    async startScheduled(): Promise<void> {
      if (isConfigured()) await runs.start(kind, {}, 'schedule');
    },
  };
}
