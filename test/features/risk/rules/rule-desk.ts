import type { Said, useArchive } from '../../../support/archive-system';
import type { Answer, Json } from '../../../support/system';

/** What people do with rules, and what comes of it. */
export function ruleDesk(archive: ReturnType<typeof useArchive>) {
  const api = () => archive.at.api;

  async function make(definition: Json, more: Json = {}): Promise<Answer> {
    const settings = { name: '试', family: 'CONTENT_RULE', category: 'other', severity: 'high' };
    return api().post('rules', { ...settings, definition, ...more });
  }

  /** @returns the dry run at its end, with its result */
  async function tries(id: string): Promise<Json> {
    const { status, body } = await api().post(`rules/${id}/dry-runs`);
    if (status !== 202) throw new Error(`dry run: ${status} ${JSON.stringify(body)}`);
    await archive.at.runEnds('runs', body.id);
    return (await api().get(`rules/${id}/dry-runs/${body.id}`)).body;
  }

  const turn = (id: string, state: 'on' | 'off', version = 1): Promise<Answer> =>
    api().post(`rules/${id}/state`, { state, version });

  return {
    make,
    tries,
    turn,

    /** A rule that was tried and is on. */
    async on(definition: Json, more: Json = {}): Promise<Json> {
      const { status, body } = await make(definition, more);
      if (status !== 201) throw new Error(`rule: ${status} ${JSON.stringify(body)}`);
      await tries(body.id);
      const turned = await turn(body.id, 'on');
      if (turned.status !== 200) throw new Error(`on: ${turned.status} ${JSON.stringify(turned.body)}`);
      return turned.body;
    },

    /** @returns the run at its end */
    async scan(id: string, time: { from: string; to: string }): Promise<Json> {
      const { status, body } = await api().post(`rules/${id}/scans`, time);
      if (status !== 202) throw new Error(`scan: ${status} ${JSON.stringify(body)}`);
      return archive.at.runEnds('runs', body.id);
    },

    /** Newest first. */
    found: async ({ id }: Json): Promise<Json[]> =>
      (await api().all('findings')).filter(({ features }) => features.rule === id),

    /** Our ids of messages. */
    async idsOf(...said: Said[]): Promise<string[]> {
      const ids: string[] = [];
      for (const { msgid } of said) {
        const [row] = await archive.at.db.query<{ id: unknown }>('SELECT id FROM archive_message WHERE msgid = ?', [
          msgid,
        ]);
        ids.push(String(row?.id));
      }
      return ids;
    },

    /** A picture was read after its message was judged: a code stands in it. */
    async codeRead(said: Said, code: string): Promise<void> {
      const { db, vault, system } = archive.at;
      const [id] = await this.idsOf(said);
      const [row] = await db.query<{ file_id: string }>('SELECT file_id FROM archive_attachment WHERE message_id = ?', [
        Number(id),
      ]);
      const fileId = row?.file_id ?? '';
      const qr = vault.seal(JSON.stringify([code]), { table: 'archive_file', column: 'qr', id: fileId });
      await db.transact(async () => {
        await db.execute('UPDATE archive_file SET qr = ? WHERE id = ?', [qr, fileId]);
        const data = { message_id: Number(id) };
        await system.services.events.publish([{ type: 'archive.text_read', occurred_at: new Date(), data }]);
      });
      await archive.at.settled();
    },
  };
}

export const words = (...some: string[]): Json => ({ kind: 'words', words: some, fuzzy: false });
