import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull, type Value } from '../../../db/database';
import type { CorpTag, CorpTagGroup } from './corp-tags.entity';

const sharedFields = ['name', 'sort', 'created_at', 'deleted_at', 'updated_at'] as const;
const groupFields = ['group_id', ...sharedFields] as const satisfies readonly (keyof CorpTagGroup)[];
const tagFields = ['tag_id', 'group_id', ...sharedFields] as const satisfies readonly (keyof CorpTag)[];

const values = <T extends object>(row: T, fields: readonly (keyof T)[]): Value[] => fields.map((f) => row[f] as Value);

export type CorpTagStore = ReturnType<typeof createCorpTagStore>;

/** The tables of corp tags: at most 10,000 rows, so they are read whole. Every write belongs inside `transact`. */
export function createCorpTagStore(db: Database) {
  return {
    /** Bigger `sort` first, as WeCom shows them. */
    async groups(): Promise<CorpTagGroup[]> {
      const rows = await db.query<CorpTagGroup>('SELECT * FROM corp_tag_group ORDER BY sort DESC, group_id');
      return rows.map(toRow);
    },

    async tags(): Promise<CorpTag[]> {
      const rows = await db.query<CorpTag>('SELECT * FROM corp_tag ORDER BY sort DESC, tag_id');
      return rows.map(toRow);
    },

    /** How many relations carry each tag. */
    async relationCounts(): Promise<Map<string, number>> {
      const rows = await db.query<{ tag_id: string; n: unknown }>(
        `SELECT c.tag_id AS tag_id, COUNT(*) AS n FROM corp_tag c JOIN relation_tag t ON t.tag_key = c.tag_id
         GROUP BY c.tag_id`,
      );
      return new Map(rows.map((row) => [row.tag_id, Number(row.n)]));
    },

    saveGroups: (rows: CorpTagGroup[]) =>
      insertRows(
        db,
        {
          table: 'corp_tag_group',
          columns: [...groupFields],
          onConflict: { keys: ['group_id'], update: groupFields.filter((f) => f !== 'group_id') },
        },
        rows.map((row) => values({ ...row, updated_at: db.now() }, groupFields)),
      ),

    saveTags: (rows: CorpTag[]) =>
      insertRows(
        db,
        {
          table: 'corp_tag',
          columns: [...tagFields],
          onConflict: { keys: ['tag_id'], update: tagFields.filter((f) => f !== 'tag_id') },
        },
        rows.map((row) => values({ ...row, updated_at: db.now() }, tagFields)),
      ),

    /** Takes the tags off every relation. WeCom tells nothing of the single relations (events §4). */
    async takeOff(tagIds: string[]): Promise<void> {
      await inChunks(tagIds, async (chunk) => {
        await db.execute(`DELETE FROM relation_tag WHERE tag_key IN (${placeholders(chunk.length)})`, chunk);
        return [];
      });
    },
  };
}

const toRow = <T extends CorpTag | CorpTagGroup>(row: T): T => ({
  ...row,
  sort: Number(row.sort),
  created_at: toDate(row.created_at),
  deleted_at: toDateOrNull(row.deleted_at),
  updated_at: toDateOrNull(row.updated_at),
});
