import { until, useSystem } from '../../../support/system';

const system = useSystem({ staff: 3, externalContacts: 3, groupChats: 0, leavers: 0 });

test('PLT-15 a failed backup reaches the administrator in WeCom, once, and stands in the console', async () => {
  const { db, services } = system.at.system;
  await system.at.syncAll();
  const [member] = await db.query<{ userid: string }>(
    "SELECT userid FROM staff WHERE status = 'active' ORDER BY userid",
  );
  const userid = member?.userid ?? '';
  const { id } = await services.access.createUser({ name: 'Zhao', roles: ['system_admin'], userid });
  await db.transact(() => services.notifications.raise({ kind: 'backup_failed', params: {}, dedupeKey: 'b1' }));
  await until('WeCom was asked', () => system.at.sandbox.ledger.messages.length > 0);
  await system.at.settled();
  // Without PUBLIC_URL there is nowhere a card could lead.
  const [message, ...more] = system.at.sandbox.ledger.messages;
  expect(message).toMatchObject({ touser: [userid], msgtype: 'text' });
  expect(JSON.stringify(message?.body)).toContain('备份失败');
  expect(more).toEqual([]);
  const [row] = await db.query<{ state: string }>('SELECT state FROM notification_dispatch WHERE account_id = ?', [id]);
  expect(row?.state).toBe('sent');
});

test('PLT-15 issuing a token through the server tells the security administrators', async () => {
  const { db, services } = system.at.system;
  const { id } = await services.access.createUser({ name: 'Qian', roles: ['security_admin'] });
  await services.access.issueToken({ name: 'ERP', roles: ['sales'] });
  const rows = await db.query<{ kind: string; params: string }>(
    'SELECT kind, params FROM notification WHERE account_id = ?',
    [id],
  );
  expect(rows.map(({ kind, params }) => [kind, JSON.parse(params)])).toEqual([
    ['api_token_issued', { actor: 'host', token: 'ERP' }],
  ]);
});
