import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { days, hours } from '../../../../src/core/clock';
import { newId } from '../../../../src/core/ids';
import { createMailer } from '../../../../src/core/mail';
import { allEntities } from '../../../../src/entities';
import { createAuditService } from '../../../../src/features/kernel/audit';
import { createDomainEvents } from '../../../../src/features/kernel/events';
import { createNotificationService } from '../../../../src/features/kernel/notifications';
import type { HealthReport } from '../../../../src/http/health';
import type { Role } from '../../../../src/http/roles';
import { createJobQueue, createWorker } from '../../../../src/jobs';
import type { TextCard, TextMessage } from '../../../../src/wecom';
import { silent, until } from '../../../jobs/support';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';
import { aViewer } from '../../../support/viewers';
import { movableClock } from '../support';

/** The smallest mail server there is: takes everything, or refuses every message. */
export async function aMailServer() {
  const mails: string[] = [];
  let refuses = false;

  /** One conversation: what is said to each line. */
  function manners(): (line: string) => string {
    let body: string[] | undefined;
    const command = (line: string): string => {
      if (!/^DATA/i.test(line)) return '250 ok';
      body = [];
      return '354 go on';
    };
    const content = (lines: string[], line: string): string => {
      if (line !== '.') {
        lines.push(line);
        return '';
      }
      body = undefined;
      if (!refuses) mails.push(lines.join('\n'));
      return refuses ? '451 later' : '250 ok';
    };
    return (line) => (body ? content(body, line) : command(line));
  }

  const server = createServer((socket) => {
    const answerTo = manners();
    socket.on('error', () => undefined);
    socket.write('220 at test\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      const answer = answerTo(line);
      if (answer) socket.write(`${answer}\r\n`);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    mails,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?from=scrm@example.com`,
    refuse: (next: boolean) => {
      refuses = next;
    },
    stop: () => server.close(),
  };
}

type Sent = (TextCard | (TextMessage & { title?: undefined })) & { userids: string[] };

/** The feature on a database of its own, a mail server, and a WeCom that keeps what it is asked to send. */
export async function openNotifications() {
  // Monday, 16:00 in Shanghai.
  const clock = movableClock();
  const { db, close } = await openTestDatabase(allEntities, clock);
  const { evidence, dropAnchors } = evidenceAt(db, clock);
  const events = createDomainEvents();
  const audit = createAuditService({ db, clock, evidence, events });
  const queue = createJobQueue({ db });
  const mail = await aMailServer();
  const mailer = createMailer(mail.url);
  const sent: Sent[] = [];
  const wecom = { fault: undefined as Error | undefined, meanwhile: async (): Promise<void> => undefined };
  const send = async (message: Sent) => {
    if (wecom.fault) throw wecom.fault;
    sent.push(message);
    await wecom.meanwhile();
    return { msgid: 'm', invalid_userids: [] };
  };
  let report: HealthReport = { level: 'ok', checks: [] };
  const notifications = createNotificationService({
    ...{ db, queue, events, mailer, logger: silent },
    wecom: { messages: { sendText: send, sendTextCard: send } },
    hasAgent: () => true,
    publicUrl: 'https://scrm.example.com',
    health: { report: async () => report },
  });
  const worker = createWorker({ db, queue, handlers: [notifications.handler()], logger: silent });
  worker.start();

  const busy = async (): Promise<boolean> => {
    const sql = "SELECT COUNT(*) AS n FROM job WHERE state = 'running' OR (state = 'ready' AND run_at <= ?)";
    const [row] = await db.query<{ n: unknown }>(sql, [db.now()]);
    return Number(row?.n) > 0;
  };
  const settled = () => until(async () => !(await busy()));

  return {
    ...{ clock, db, audit, evidence, events, notifications, sent, wecom, mail, settled },
    health: (next: HealthReport) => {
      report = next;
    },

    /** A member with an account; `above` is the userid of the superior. @returns the account's id */
    async person(userid: string, roles: Role[], above?: string): Promise<string> {
      const staffId = newId();
      const [id, now] = [newId(), clock.now()];
      await db.execute(
        `INSERT INTO staff (id, userid, userid_key, status, direct_leaders, created_at, updated_at)
         VALUES (?, ?, ?, 'active', '[]', ?, ?)`,
        [staffId, userid, userid.toLowerCase(), now, now],
      );
      await db.execute('INSERT INTO account (id, name, roles, staff_id, created_at) VALUES (?, ?, ?, ?, ?)', [
        ...[id, userid, roles.join(','), staffId, now],
      ]);
      if (above) {
        await db.execute(
          `INSERT INTO reporting_edge (id, superior_id, staff_id, source, closes_cycle, created_at)
           SELECT ?, s.id, ?, 'manual', ?, ? FROM staff s WHERE s.userid = ?`,
          [newId(), staffId, false, now, above],
        );
      }
      return id;
    },

    of: async (accountId: string) => (await notifications.list({ limit: 50 }, me(accountId))).items,
    me,

    async wants(accountId: string, change: Partial<Parameters<typeof notifications.setPreferences>[0]>) {
      const none = { email: null, quiet_from: null, quiet_until: null, language: 'zh-CN' as const, kinds: [] };
      await notifications.setPreferences({ ...none, ...change }, me(accountId));
    },

    runFails: (runId: string, kind = 'sync') =>
      db.transact(() =>
        events.publish([
          { type: 'run.finished', occurred_at: clock.now(), data: { run_id: runId, kind, state: 'failed' } },
        ]),
      ),

    async pass(ms: number): Promise<void> {
      clock.advance(ms);
      queue.wake();
      await settled();
    },

    /** Nobody is there, nothing is told, and it is four in the afternoon in Shanghai. */
    async reset(): Promise<void> {
      await settled();
      for (const table of ['reporting_edge', 'account', 'staff', 'notification', 'notification_dispatch', 'job']) {
        await db.execute(`DELETE FROM ${table}`);
      }
      sent.length = 0;
      mail.mails.length = 0;
      mail.refuse(false);
      wecom.fault = undefined;
      wecom.meanwhile = async () => undefined;
      clock.advance(days(1) - ((clock.now().getTime() - hours(8)) % days(1)));
    },

    async stop(): Promise<void> {
      await worker.stop({ graceMs: 100 });
      mailer.close();
      mail.stop();
      await close();
      dropAnchors();
    },
  };
}

const me = (id: string) => aViewer([], { kind: 'account', id });
