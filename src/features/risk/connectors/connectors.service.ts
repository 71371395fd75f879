import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import { isUniqueViolation } from '../../../jobs/sql';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { DeviceConnector } from './connectors.entity';
import { connectorError } from './connectors.errors';
import type { ConnectorQuery, ConnectorView, NewConnector } from './connectors.schema';
import { isSoundKey } from './public-key';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
}

type Row = DeviceConnector & { reports: unknown; last_report_at: unknown };

export type ConnectorRegistry = ReturnType<typeof createConnectorRegistry>;

/** Who may report from devices. Whoever holds the key of a connector is believed: each is registered by a person. */
export function createConnectorRegistry({ db, audit }: Deps) {
  async function rowsWhere(conditions: readonly Condition[], limit: number): Promise<Row[]> {
    const { where, params } = allOf(conditions);
    return db.query<Row>(
      `SELECT c.*, (SELECT COUNT(*) FROM device_report r WHERE r.connector_id = c.id) AS reports,
         (SELECT MAX(r.received_at) FROM device_report r WHERE r.connector_id = c.id) AS last_report_at
       FROM device_connector c WHERE ${where} ORDER BY c.id DESC LIMIT ?`,
      [...params, limit],
    );
  }

  async function get(id: string): Promise<ConnectorView> {
    const [row] = await rowsWhere([['c.id = ?', id]], 1);
    if (!row) throw connectorError('not_found', { id });
    return viewOf(row);
  }

  const record = (action: string, id: string, { viewer, address }: By, detail: object): Promise<void> =>
    audit.record({
      ...{ actor: actorOf(viewer), action, target: `device_connector:${id}`, result: 'ok', address, detail },
    });

  return {
    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor }: ConnectorQuery): Promise<Page<ConnectorView>> {
      const rows = await rowsWhere(cursor === undefined ? [] : [['c.id < ?', textIn(cursor)]], limit + 1);
      return toPage(rows, limit, ({ id }) => [id], viewOf);
    },

    /** @throws connector.bad_key, name_taken */
    async register({ name, public_key }: NewConnector, by: By): Promise<ConnectorView> {
      if (!isSoundKey(Buffer.from(public_key, 'base64'))) throw connectorError('bad_key');
      const id = newId();
      const columns = ['id', 'name', 'public_key', 'created_by', 'created_at'];
      try {
        await db.transact(async () => {
          const row = [id, name, public_key, actorOf(by.viewer), db.now()];
          await insertRows(db, { table: 'device_connector', columns }, [row]);
          await record('device_connector.registered', id, by, { name, public_key });
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw connectorError('name_taken', { name });
        throw error;
      }
      return get(id);
    },

    /** What it reported stays; from now on it is believed no more. @throws connector.not_found */
    async disable(id: string, by: By): Promise<ConnectorView> {
      const { name } = await get(id);
      await db.transact(async () => {
        const sql = 'UPDATE device_connector SET disabled_by = ?, disabled_at = ? WHERE id = ? AND disabled_at IS NULL';
        const changed = await db.execute(sql, [actorOf(by.viewer), db.now(), id]);
        if (changed === 1) await record('device_connector.disabled', id, by, { name });
      });
      return get(id);
    },
  };
}

const viewOf = (row: Row): ConnectorView => ({
  ...{ id: row.id, name: row.name, public_key: row.public_key, reports: Number(row.reports) },
  ...{ created_by: row.created_by, created_at: iso(toDate(row.created_at)) },
  disabled_at: isoOrNull(toDateOrNull(row.disabled_at)),
  last_report_at: isoOrNull(toDateOrNull(row.last_report_at)),
});
