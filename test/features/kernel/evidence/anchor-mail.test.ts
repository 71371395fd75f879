import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createMailer, type Mailer } from '../../../../src/core/mail';
import { auditFeature, createAuditRecorder } from '../../../../src/features/kernel/audit';
import { createAnchorMail, createWitnessedAnchors, evidenceFeature } from '../../../../src/features/kernel/evidence';
import { isGenuineAnchor, parseAnchor } from '../../../../src/features/kernel/evidence/anchors';
import { jobEntities } from '../../../../src/jobs';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';
import { movableClock } from '../support';

/** The other side of the network: takes every mail, or refuses all. */
function mailServer() {
  const mails: string[] = [];
  let refuses = false;

  function commandOf(line: string): string {
    if (/^DATA/i.test(line)) return '354 go on';
    if (/^MAIL/i.test(line) && refuses) return '550 not here';
    return /^QUIT/i.test(line) ? '221 bye' : '250 ok';
  }

  function talk(socket: Socket): void {
    let text: string | undefined;
    const say = (reply: string) => socket.write(`${reply}\r\n`);
    const command = (line: string) => {
      const reply = commandOf(line);
      if (reply.startsWith('354')) text = '';
      return reply;
    };
    const content = (line: string) => {
      if (line !== '.') text += `${line}\n`;
      else {
        mails.push(text ?? '');
        text = undefined;
      }
      return line === '.' ? '250 taken' : undefined;
    };
    const hear = (line: string) => {
      const reply = text === undefined ? command(line) : content(line);
      if (reply) say(reply);
    };
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => chunk.split('\r\n').slice(0, -1).forEach(hear));
    say('220 at test');
  }

  const server: Server = createServer(talk);
  return {
    mails,
    refuse: (now: boolean) => {
      refuses = now;
    },
    start: () => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)),
    url: () => `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?from=scrm@example.com`,
    stop: () => new Promise((done) => server.close(done)),
  };
}

const smtp = mailServer();
let mailer: Mailer;
beforeAll(async () => {
  await smtp.start();
  mailer = createMailer(smtp.url());
});
afterAll(async () => {
  mailer.close();
  await smtp.stop();
});

test('S16 A3 each anchor also goes to a mail box, to the letter; a mail that fails is an error and loses no anchor', async () => {
  const clock = movableClock();
  const { db, close } = await openTestDatabase(
    [...auditFeature.entities, ...evidenceFeature.entities, ...jobEntities],
    clock,
  );
  const errors: string[] = [];
  const logger = { error: (text: string) => void errors.push(text) };
  const at = evidenceAt(db, clock, {
    anchorsOver: (folder) => {
      const witnesses = [createAnchorMail({ mailer, to: 'witness@example.com' })];
      return createWitnessedAnchors({ folder, witnesses, logger: logger as never });
    },
  });
  const audit = createAuditRecorder({ db, clock, evidence: at.evidence });
  const act = () => audit.record({ actor: 'host', action: 'test.done', target: 'test:1', result: 'ok' });

  await act();
  await at.evidence.seal({ sign: true });
  await at.evidence.anchor();
  const [mail = ''] = smtp.mails;
  const [line = ''] = at.anchors.read();
  // Long lines are folded on the way, as mails are.
  expect(mail.replace(/=\n/g, '').replaceAll('=3D', '=')).toContain(line);
  expect(mail).toContain('witness@example.com');
  const anchor = parseAnchor(line);
  expect(anchor && isGenuineAnchor(anchor)).toBe(true);
  expect((await at.evidence.status()).anchors_on_same_disk).toBe(false);

  smtp.refuse(true);
  await act();
  await at.evidence.seal({ sign: true });
  await at.evidence.anchor();
  expect(at.anchors.read()).toHaveLength(2);
  expect([smtp.mails.length, errors]).toEqual([1, ['an anchor of the audit trail did not reach a witness']]);
  expect(await at.evidence.status()).toMatchObject({ anchors_on_same_disk: null, witnesses_behind: ['mail'] });

  smtp.refuse(false);
  await at.evidence.anchor();
  expect(smtp.mails).toHaveLength(2);
  expect((await at.evidence.status()).witnesses_behind).toEqual([]);
  expect((await at.evidence.verify()).ok).toBe(true);
  await close();
  at.dropAnchors();
});
