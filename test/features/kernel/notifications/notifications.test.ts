import { hours, minutes } from '../../../../src/core/clock';
import type { Kind } from '../../../../src/features/kernel/notifications/kind';
import { kindNames, kindOf } from '../../../../src/features/kernel/notifications/kinds';
import { dueAt } from '../../../../src/features/kernel/notifications/quiet-hours';
import { maskNumbers, render } from '../../../../src/features/kernel/notifications/render';
import { openNotifications } from './notifications-at-test';

let at: Awaited<ReturnType<typeof openNotifications>>;
let admin: string;
let boss: string;
let li: string;
let guard: string;

beforeAll(async () => {
  at = await openNotifications();
});
afterAll(() => at.stop());
beforeEach(async () => {
  await at.reset();
  admin = await at.person('zhao', ['system_admin']);
  guard = await at.person('qian', ['security_admin']);
  boss = await at.person('sun', ['sales_manager']);
  li = await at.person('li', ['sales'], 'sun');
});

const titles = async (accountId: string) => (await at.of(accountId)).map(({ words }) => words.en.title);

describe('PLT-15 one place for what somebody should know', () => {
  test('each is told once, to its audience, with a link, read and unread', async () => {
    await at.runFails('run-1');
    await at.runFails('run-1');
    await at.runFails('run-2');
    const items = await at.of(admin);
    const [dispatches] = await at.db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM notification_dispatch');
    expect(Number(dispatches?.n)).toBe(2);
    expect(items.map(({ kind, link }) => [kind, link])).toEqual([
      ['run_failed', '/sync'],
      ['run_failed', '/sync'],
    ]);
    expect(await Promise.all([boss, li, guard].map(titles))).toEqual([[], [], []]);
    const [first] = items;
    expect(await at.notifications.read(first?.id ?? '', at.me(admin))).toEqual({ unread: 1 });
    expect((await at.notifications.list({ limit: 5, unread: true }, at.me(admin))).items).toHaveLength(1);
    await expect(at.notifications.read(first?.id ?? '', at.me(li))).rejects.toMatchObject({ status: 404 });
    await at.notifications.readAll(at.me(admin));
    expect((await at.notifications.list({ limit: 5 }, at.me(admin))).unread).toBe(0);
  });

  test('VIO-2.2-7 what a run held back because too much vanished at once is told to those who can look into it', async () => {
    await at.db.execute(
      `INSERT INTO difference (run_id, kind, subject, state, explanation, found_at)
       VALUES ('r9', 'relations_shrank', 'li', 'held', 'scope_changed', ?)`,
      [at.clock.now()],
    );
    const data = { kind: 'reconciliation', state: 'succeeded' } as const;
    for (const run_id of ['r8', 'r9', 'r9'])
      await at.db.transact(() =>
        at.events.publish([{ type: 'run.finished', occurred_at: at.clock.now(), data: { run_id, ...data } }]),
      );
    expect((await at.of(admin)).map(({ kind }) => kind)).toEqual(['scope_changed']);
    expect((await Promise.all([boss, li].map(titles))).flat()).toEqual([]);
  });

  test('confirmed differences go to the superior, one for each member and run', async () => {
    const differ = (run_id: string, userid: string, difference_id: number) =>
      at.db.transact(() =>
        at.events.publish([
          {
            type: 'reconciliation.difference_confirmed',
            occurred_at: at.clock.now(),
            data: {
              ...{ run_id, difference_id, kind: 'relation_missing', userid },
              ...{ external_userid: 'wmSecret', chat_id: null, explanation: 'no_event' },
            },
          },
        ]),
      );
    await differ('r1', 'li', 1);
    await at.settled();
    await differ('r1', 'li', 2);
    await differ('r2', 'li', 3);
    expect((await at.of(boss)).map(({ kind }) => kind)).toEqual(['difference_confirmed', 'difference_confirmed']);
    expect(await at.of(li)).toEqual([]);
    await at.settled();
    expect(JSON.stringify(at.sent)).not.toContain('wmSecret');
    expect(at.sent[0]).toMatchObject({ userids: ['sun'], url: 'https://scrm.example.com/sync?tab=differences' });
  });

  test.each([
    ['a failed backup', 'backup_failed', () => at.runFails('b1', 'backup'), () => [admin]],
    [
      'a broken audit trail',
      'audit_broken',
      () =>
        at.audit.record({ actor: 'schedule', action: 'audit.verified', target: 'evidence:chain', result: 'failed' }),
      () => [admin, guard],
    ],
    [
      'changed roles',
      'roles_changed',
      () => at.audit.record({ actor: 'host', action: 'account.roles_changed', target: `account:${li}`, result: 'ok' }),
      () => [li],
    ],
    [
      'an API token',
      'api_token_issued',
      () => at.audit.record({ actor: 'host', action: 'api_token.issued', target: 'token:t', result: 'ok' }),
      () => [guard],
    ],
  ])('%s is told to whom it concerns', async (_, kind, happens, audience) => {
    await happens();
    const told = [];
    for (const id of [admin, guard, boss, li]) if ((await at.of(id)).some((one) => one.kind === kind)) told.push(id);
    expect(told).toEqual(audience());
  });

  test('a sign-in from a new address is told, the first ever and a known address are not', async () => {
    const signIn = (address: string) =>
      at.audit.record({
        actor: `account:${li}`,
        action: 'session.opened',
        target: `account:${li}`,
        result: 'ok',
        address,
      });
    await signIn('10.0.0.1');
    await signIn('10.0.0.1');
    expect(await at.of(li)).toEqual([]);
    await signIn('203.0.113.9');
    expect((await at.of(li)).map(({ words }) => words.en.text)).toEqual([
      'Your account signed in from 203.0.113.9. If it was not you, end that session.',
    ]);
    await signIn('203.0.113.9');
    expect(await at.of(li)).toHaveLength(1);
  });

  test('what is wrong with the server is told once a day', async () => {
    const check = { name: 'backup', level: 'degraded' as const, detail: 'the newest good backup is 30 h old' };
    at.health({ level: 'degraded', checks: [check, { name: 'disk', level: 'degraded', detail: 'full' }] });
    await at.notifications.watch();
    await at.notifications.watch();
    expect((await at.of(admin)).map(({ kind }) => kind)).toEqual(['backup_overdue']);
    at.clock.advance(hours(24));
    await at.notifications.watch();
    expect(await at.of(admin)).toHaveLength(2);
  });

  test('what is told and what it tells of stand or fall together', async () => {
    const failing = at.db.transact(async () => {
      await at.runFails('run-x');
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await at.of(admin)).toEqual([]);
  });
});

describe('PLT-15 who cannot be reached', () => {
  const disable = (id: string) =>
    at.db.execute('UPDATE account SET disabled_at = ? WHERE id = ?', [at.clock.now(), id]);
  const rolesChange = (id: string) =>
    at.audit.record({ actor: 'host', action: 'account.roles_changed', target: `account:${id}`, result: 'ok' });

  test('what is mandatory goes to the superior instead', async () => {
    await disable(li);
    await rolesChange(li);
    expect([await titles(li), await titles(boss)]).toEqual([[], ['Your roles were changed']]);
  });

  test('what is not is dropped', async () => {
    await disable(admin);
    await at.runFails('run-1');
    expect(await Promise.all([admin, boss, guard].map(titles))).toEqual([[], [], []]);
  });

  test('somebody who left is not told any more', async () => {
    await at.db.execute("UPDATE staff SET status = 'left', departed_at = ? WHERE userid = 'zhao'", [at.clock.now()]);
    await at.runFails('run-1');
    expect(await at.of(admin)).toEqual([]);
  });
});

describe('PLT-15 channels', () => {
  test('WeCom at once and mail with the digest, unless somebody chose otherwise', async () => {
    await at.wants(admin, { email: 'zhao@example.com' });
    await at.runFails('run-1');
    await at.settled();
    expect(at.sent).toMatchObject([{ userids: ['zhao'], title: '任务失败', url: 'https://scrm.example.com/sync' }]);
    expect(at.mail.mails).toEqual([]);
    await at.runFails('run-2');
    await at.pass(hours(17) - 1);
    expect(at.mail.mails).toEqual([]);
    await at.pass(1);
    expect(at.mail.mails).toHaveLength(1);
    expect(at.mail.mails[0]).toContain('To: zhao@example.com');
  });

  test('what is off stays in the console; what is mandatory cannot be switched off', async () => {
    const off = { wecom: 'off' as const, mail: 'off' as const };
    await at.wants(admin, {
      kinds: [
        { kind: 'run_failed', ...off },
        { kind: 'backup_failed', ...off },
      ],
    });
    await at.runFails('run-1');
    await at.settled();
    expect([at.sent.length, (await at.of(admin)).length]).toEqual([0, 1]);
    await at.runFails('run-2', 'backup');
    await at.settled();
    expect(at.sent.map(({ title }) => title)).toEqual(['备份失败']);
    const { kinds } = await at.notifications.preferences(at.me(admin));
    expect(kinds.find(({ kind }) => kind === 'backup_failed')).toMatchObject({ mandatory: true, wecom: 'now' });
    expect(kinds.find(({ kind }) => kind === 'run_failed')).toMatchObject({ mandatory: false, ...off });
  });

  test('quiet hours defer and do not drop; what waited goes out as one', async () => {
    await at.wants(admin, { quiet_from: '15:30', quiet_until: '07:00', language: 'en' });
    await at.runFails('run-1');
    await at.pass(hours(3));
    await at.runFails('run-2');
    await at.pass(hours(11));
    expect(at.sent).toEqual([]);
    expect(await at.of(admin)).toHaveLength(2);
    await at.pass(hours(1));
    expect(at.sent).toHaveLength(1);
    expect(at.sent[0]).toMatchObject({ title: '2 notifications', url: 'https://scrm.example.com/notifications' });
  });

  test('a failure is tried again, and after the last it stands in the console alone', async () => {
    at.wecom.fault = new Error('WeCom is away');
    await at.runFails('run-1');
    await at.settled();
    for (let tries = 0; tries < 3; tries++) await at.pass(minutes(6));
    at.wecom.fault = undefined;
    await at.pass(minutes(6));
    expect(at.sent).toHaveLength(1);

    at.wecom.fault = new Error('WeCom is away');
    await at.runFails('run-2');
    for (let tries = 0; tries < 12; tries++) await at.pass(minutes(6));
    const [row] = await at.db.query("SELECT state, error FROM notification_dispatch WHERE state <> 'sent'");
    expect(row).toEqual({ state: 'failed', error: 'WeCom is away' });
    expect(await at.of(admin)).toHaveLength(2);
  });

  test('a mail server that refuses for a while gets it later, once', async () => {
    await at.wants(admin, { email: 'zhao@example.com' });
    at.mail.refuse(true);
    await at.runFails('run-1', 'backup');
    await at.settled();
    at.mail.refuse(false);
    await at.pass(minutes(6));
    await at.pass(minutes(6));
    expect(at.mail.mails).toHaveLength(1);
    expect(at.mail.mails[0]).toMatch(/From: scrm@example\.com/);
  });

  test('a token has neither notifications nor preferences', async () => {
    const token = { ...at.me('t'), kind: 'token' as const };
    expect(await at.notifications.list({ limit: 5 }, token)).toEqual({ items: [], next_cursor: null, unread: 0 });
    await expect(at.notifications.preferences(token)).rejects.toMatchObject({ status: 403 });
  });
});

describe('PLT-15 words', () => {
  const valuesOf = ({ params }: Kind) => Object.fromEntries(params.map((name) => [name, 'x']));

  test.each(kindNames)('%s says all it has in both languages, and names nothing it is not given', (name) => {
    const kind = kindOf(name);
    for (const language of ['zh-CN', 'en'] as const) {
      const { title, text } = render(name, valuesOf(kind), language);
      expect(title.length).toBeLessThanOrEqual(128);
      expect(`${title}${text}`).not.toMatch(/[{}]/);
      for (const param of kind.params) expect(kind[language].text).toContain(`{${param}}`);
    }
  });

  test('codes are said in words; what is no code stays as it is', () => {
    const zh = render('api_token_issued', { actor: 'host', token: 'ERP' }, 'zh-CN');
    expect(zh.text).toBe('服务器命令行 签发了 ERP。若不知情，请吊销。');
    expect(render('run_failed', { run: 'key-rotation' }, 'en').text).toContain('key rotation');
    expect(render('run_failed', { run: 'something-new' }, 'en').text).toContain('something-new');
  });

  test('a template that names something unknown is refused with 422', () => {
    expect(() => render('run_failed', {}, 'en')).toThrow(
      expect.objectContaining({ code: 'notification.unknown_variable', status: 422 }),
    );
  });

  test('S15 phone numbers are masked in what leaves the house', () => {
    expect(maskNumbers('call 13800001234, run 2026112213800001234')).toBe('call 138****1234, run 2026112213800001234');
  });
});

test.each([
  ['now, without quiet hours', 'now', null, null, 0],
  ['now, before they begin', 'now', '22:00', '07:00', 0],
  ['now, within', 'now', '15:00', '17:30', hours(1.5)],
  ['now, within, past midnight', 'now', '15:00', '07:00', hours(15)],
  ['now, when they begin', 'now', '16:00', '16:01', minutes(1)],
  ['now, when they end', 'now', '15:00', '16:00', 0],
  ['with the digest', 'daily', null, null, hours(17)],
  ['with the digest, which falls into quiet hours', 'daily', '22:00', '09:30', hours(17.5)],
] as const)('PLT-15 when it goes out: %s', (...[, mode, quiet_from, quiet_until, wait]) => {
  const now = new Date('2026-03-02T08:00:00.000Z');
  expect(dueAt(now, mode, { quiet_from, quiet_until }).getTime() - now.getTime()).toBe(wait);
});
