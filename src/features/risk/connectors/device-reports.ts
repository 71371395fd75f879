import { hash } from 'node:crypto';
import { minutes } from '../../../core/clock';
import type { Database } from '../../../db/database';
import { isUniqueViolation } from '../../../jobs/sql';
import type { Evidence } from '../../kernel/evidence';
import type { Draft, FindingService } from '../findings';
import { type DeviceConnector, DeviceReport } from './connectors.entity';
import { connectorError } from './connectors.errors';
import type { DeviceReportBody } from './connectors.schema';
import { deviceReportStream } from './device-report.stream';
import { isSigned } from './signature';

interface Deps {
  db: Database;
  evidence: Pick<Evidence, 'append'>;
  findings: Pick<FindingService, 'raise'>;
}

/** A report as it came. */
export interface Arrived {
  connectorId: string;
  signature: string;
  /** To the byte: it is what was signed. */
  raw: string;
  body: DeviceReportBody;
}

const finder = { code: 'LOCAL_CHAT_DELETED', version: 1 } as const;
/** An act may lie so far ahead: a device's clock is never quite right. */
const skewMs = minutes(5);

export type DeviceReports = ReturnType<typeof createDeviceReports>;

/**
 * Takes in what connectors report: signed, and once. It is kept as it came, also of somebody nobody knows, and held
 * against the archive: what was deleted on a device is still there (violations §2, LOCAL_CHAT_DELETED).
 */
export function createDeviceReports({ db, evidence, findings }: Deps) {
  /** @throws connector.unknown, bad_signature */
  async function sender({ connectorId, signature, raw }: Arrived): Promise<DeviceConnector> {
    const sql = 'SELECT * FROM device_connector WHERE id = ? AND disabled_at IS NULL';
    const [connector] = await db.query<DeviceConnector>(sql, [connectorId]);
    if (!connector) throw connectorError('unknown');
    if (!isSigned(Buffer.from(raw), signature, connector.public_key)) throw connectorError('bad_signature');
    return connector;
  }

  async function keep({ signature, raw, body }: Arrived, { id }: DeviceConnector): Promise<DeviceReport> {
    const row = { connector_id: id, nonce: body.nonce, body: raw, signature, received_at: db.now() };
    const { identifiers } = await db.em.getRepository(DeviceReport).insert(row);
    const report = { ...row, id: Number(identifiers[0]?.id) };
    await evidence.append(deviceReportStream.name, [report.id]);
    return report;
  }

  /** The member of staff as the directory spells them. */
  async function staffOf(userid: string): Promise<string | undefined> {
    const sql = 'SELECT userid FROM staff WHERE userid_key = ?';
    const [row] = await db.query<{ userid: string }>(sql, [userid.toLowerCase()]);
    return row?.userid;
  }

  /** How many messages of the conversation the archive holds. */
  async function heldOf(userid: string, { peer = '', chat_id = '' }: DeviceReportBody): Promise<number> {
    const [row] = await db.query<{ n: unknown }>(
      `SELECT SUM(messages) AS n FROM archive_conversation
       WHERE chat_id = ? OR (kind = 'single' AND (
         (userid = ? AND (external_userid = ? OR peer_userid = ?)) OR (userid = ? AND peer_userid = ?)))`,
      [chat_id, userid, peer, peer, peer, userid],
    );
    return Number(row?.n ?? 0);
  }

  async function draftOf(report: DeviceReport, { name }: DeviceConnector, body: DeviceReportBody): Promise<Draft> {
    const { device, action, at, peer, chat_id: chatId } = body;
    const known = await staffOf(body.userid);
    const userid = known ?? body.userid;
    const content = deviceReportStream.forms[0]?.({ ...report });
    return {
      ...{ key: `${report.connector_id}:${report.nonce}`, evidenceLevel: 'OFFICIAL', severity: 'high' },
      ...{ userid, externalUserid: peer, chatId, occurredAt: new Date(at) },
      features: {
        ...{ connector: name, device, action, staff_known: known !== undefined },
        messages_held: await heldOf(userid, body),
      },
      evidence: [{ source: 'device_report', ref: String(report.id), hash: hash('sha256', JSON.stringify(content)) }],
    };
  }

  return {
    /** @returns its id. @throws connector.unknown, bad_signature, clock_skew, replayed */
    async receive(arrived: Arrived): Promise<string> {
      const connector = await sender(arrived);
      const { body } = arrived;
      // A phone that was offline reports late: how old an act is matters not, the nonce keeps it from being told twice.
      if (Date.parse(body.at) - db.now().getTime() > skewMs) throw connectorError('clock_skew');
      try {
        return await db.transact(async () => {
          const report = await keep(arrived, connector);
          await findings.raise(finder, [await draftOf(report, connector, body)]);
          return String(report.id);
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw connectorError('replayed');
        throw error;
      }
    },
  };
}
