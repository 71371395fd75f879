import { days, hours } from '../../../core/clock';
import { newId, randomToken } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import { newcomersSince, newestMessage, populationOf } from './population.report';
import type { ArchiveReview, ArchiveSample, ReviewProfile } from './review.entity';
import type { SampleQuery, SampleView } from './review.schema';
import type { ReviewStore } from './review.store';
import { drawSample, hashOfSeed, periodAround, type SamplingRules } from './sampling';

interface Deps {
  db: Database;
  vault: Pick<Vault, 'seal' | 'open'>;
  audit: Pick<AuditService, 'record'>;
  store: Pick<ReviewStore, 'add'>;
}

/** Messages come late: phones were off, WeCom was slow. What comes later still is in no sample, and `through_id` says so. */
const grace = hours(6);
const placeOf = (id: string) => ({ table: 'archive_sample', column: 'sealed', id });

export type Samples = ReturnType<typeof createSamples>;

/**
 * Random samples whose chance nobody could steer (A14): the hash of the seed is in the audit trail, and so in the chain,
 * before the period ends; the seed is told when the sample is drawn, and anybody can draw it again.
 */
export function createSamples({ db, vault, audit, store }: Deps) {
  /** One for the period of now, unless there is one. */
  async function commit({ id: profileId, period, rules }: ReviewProfile): Promise<void> {
    const { starts_at, ends_at } = periodAround(period, db.now());
    const sql = 'SELECT id FROM archive_sample WHERE profile_id = ? AND starts_at = ?';
    if ((await db.query(sql, [profileId, starts_at])).length > 0) return;
    const [id, seed] = [newId(), randomToken(32)];
    const seed_hash = hashOfSeed(seed);
    const columns = ['id', 'profile_id', 'starts_at', 'ends_at', 'rules', 'seed_hash', 'sealed', 'committed_at'];
    const row = [id, profileId, starts_at, ends_at, rules, seed_hash, vault.seal(seed, placeOf(id)), db.now()];
    await db.transact(async () => {
      await insertRows(db, { table: 'archive_sample', columns }, [row]);
      const detail = { seed_hash, starts_at, ends_at, rules: JSON.parse(rules) };
      const target = `review_profile:${profileId}`;
      await audit.record({ actor: 'system', action: 'archive.sample_committed', target, result: 'ok', detail });
    });
  }

  async function draw({ id, profile_id, rules, sealed, ...sample }: ArchiveSample): Promise<void> {
    if (sealed === null) return;
    const [starts_at, ends_at] = [toDate(sample.starts_at), toDate(sample.ends_at)];
    const seed = vault.open(sealed, placeOf(id));
    const parsed = JSON.parse(rules) as SamplingRules;
    const through = await newestMessage(db);
    const population = await populationOf(db, { starts_at, ends_at, through });
    const newcomers = await newcomersSince(db, new Date(starts_at.getTime() - days(parsed.new_staff?.days ?? 0)));
    const ids = drawSample(population, { seed, rules: parsed, newcomers });
    await db.transact(async () => {
      const told = `UPDATE archive_sample SET seed = ?, sealed = NULL, drawn_at = ?, through_id = ?, population = ?, drawn = ?
        WHERE id = ? AND drawn_at IS NULL`;
      const values = [seed, db.now(), through, population.length, ids.length, id];
      // Another process was quicker.
      if ((await db.execute(told, values)) !== 1) return;
      const item = { queue: 'sample' as const, sampleId: id, by: 'system' };
      await store.add(ids.map((messageId) => ({ ...item, origin: `sample:${id}:${messageId}`, messageId })));
      const detail = { sample: id, seed, through_id: through, population: population.length, drawn: ids.length };
      const target = `review_profile:${profile_id}`;
      await audit.record({ actor: 'system', action: 'archive.sample_drawn', target, result: 'ok', detail });
    });
  }

  return {
    /** Fixes the seeds of the periods that run, and draws what is over. May run at any time, by several at once. */
    async tick(): Promise<void> {
      const profiles = await db.query<ReviewProfile>('SELECT * FROM archive_review_profile WHERE active = ?', [true]);
      for (const profile of profiles) await commit(profile);
      const over = new Date(db.now().getTime() - grace);
      const sql = 'SELECT * FROM archive_sample WHERE drawn_at IS NULL AND ends_at <= ? ORDER BY ends_at LIMIT 100';
      for (const sample of await db.query<ArchiveSample>(sql, [over])) await draw(sample);
    },

    /** How much of what is found clean the second line looks at: what the sample's profile said, or else a tenth. */
    async secondLineShare({ sample_id }: Pick<ArchiveReview, 'sample_id'>): Promise<number> {
      const sql = 'SELECT rules FROM archive_sample WHERE id = ?';
      const [row] = sample_id === null ? [] : await db.query<{ rules: string }>(sql, [sample_id]);
      return row ? (JSON.parse(row.rules) as SamplingRules).second_line_percent : 10;
    },

    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor, profile_id }: SampleQuery): Promise<Page<SampleView>> {
      const rows = await db.query<ArchiveSample>(
        `SELECT * FROM archive_sample WHERE ${cursor === undefined ? '1 = 1' : 'id < ?'}
           AND ${profile_id === undefined ? '1 = 1' : 'profile_id = ?'} ORDER BY id DESC LIMIT ?`,
        [
          ...(cursor === undefined ? [] : [textIn(cursor)]),
          ...(profile_id === undefined ? [] : [profile_id]),
          limit + 1,
        ],
      );
      return toPage(rows, limit, ({ id }) => [id], sampleView);
    },
  };
}

const sampleView = (row: ArchiveSample): SampleView => ({
  ...{ id: row.id, profile_id: row.profile_id, rules: JSON.parse(row.rules), seed_hash: row.seed_hash, seed: row.seed },
  ...{ starts_at: iso(toDate(row.starts_at)), ends_at: iso(toDate(row.ends_at)) },
  ...{ committed_at: iso(toDate(row.committed_at)), drawn_at: isoOrNull(toDateOrNull(row.drawn_at)) },
  ...{ population: row.population, drawn: row.drawn },
  through_id: row.through_id === null ? null : String(row.through_id),
});
