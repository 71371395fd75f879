import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDispatcher, family, on } from '../../../../callbacks/define';
import { createInboxService } from '../../../../src/features/relations/inbox';
import { eventSamples, sandboxApps, sandboxSettings } from '../../../../src/sandbox';
import { useSystem } from '../../../support/system';

const system = useSystem({ staff: 4, externalContacts: 20, groupChats: 1, leavers: 0 });

const canary = 'wmCanary00000000000000000000000A';
const now = (): number => Math.floor(Date.now() / 1000);
const sample = (name: string, createTime: number): string =>
  eventSamples[name]?.({ external_userid: canary, createTime }) ?? '';

test('S2 after the retention the body is gone, the digest stays, and a repetition has no effect', async () => {
  const { at } = system;
  const xml = sample('change_external_contact/edit_external_contact', now());
  await at.sandbox.callbacks.sendRaw('agent', xml);
  await at.settled();
  const old = new Date(Date.now() - 91 * 86_400_000);
  await at.db.execute('UPDATE inbox_event SET received_at = ?', [old]);
  expect(await at.system.services.inbox.dropOldBodies(90)).toBe(1);

  const [event] = await at.api.all('inbox-events');
  expect((await at.api.get(`inbox-events/${event?.id}`)).body).toMatchObject({ body: null, state: 'done' });
  expect(await at.sandbox.callbacks.sendRaw('agent', xml)).toMatchObject({ status: 200, body: 'success' });
  await at.settled();
  expect(await at.api.all('inbox-events')).toEqual([event]);
  expect((await at.api.post(`inbox-events/${event?.id}/replay`)).status).toBe(409);
});

test('a body that is not handled yet is kept however old it is', async () => {
  const { at } = system;
  await at.sandbox.callbacks.sendRaw('archive', sample('msgaudit_notify', now()));
  await at.settled();
  await at.db.execute("UPDATE inbox_event SET state = 'parked', received_at = ? WHERE event = 'msgaudit_notify'", [
    new Date(0),
  ]);
  expect(await at.system.services.inbox.dropOldBodies(1)).toBe(0);
  await at.db.execute("UPDATE inbox_event SET state = 'ignored' WHERE state = 'parked'");
});

test('events that waited for a feature are handled by themselves once it is there', async () => {
  const { at } = system;
  await at.sandbox.callbacks.sendRaw('agent', sample('sys_approval_change', now()));
  await at.settled();
  const names = Object.keys(eventSamples).filter((name) => name.startsWith('sys_approval_change'));
  expect(names.length).toBeGreaterThan(0);
  const [waiting] = await at.api.all('inbox-events?event=sys_approval_change');
  expect(waiting).toMatchObject({ state: 'ignored', error: 'waits for: approvals' });

  const newer = createDispatcher([family('sys_approval_change', { '': on({}, async () => async () => undefined) })]);
  const { services, db } = at.system;
  const reopened: number[] = [];
  const store = { ...services.inboxStore, reopen: async ({ id }: { id: number }) => void reopened.push(id) };
  const inbox = createInboxService({
    db,
    store,
    vault: undefined as never,
    audit: services.audit,
    handled: newer.handled,
  });
  expect(await inbox.replayArrived()).toBe(1);
  expect(reopened).toEqual([waiting?.id]);
});

test('S13 neither bodies of callbacks, nor tokens, nor secrets stand in the clear in the database', async () => {
  const { at } = system;
  const marked = sample('change_external_contact/add_external_contact', now()).replace(
    'SAMPLE_WELCOME_CODE',
    'CanaryWelcomeCode0001',
  );
  await at.syncAll();
  await at.sandbox.callbacks.sendRaw('agent', marked);
  await at.settled();
  const [event] = await at.api.all('inbox-events?change_type=add_external_contact');
  expect((await at.api.get(`inbox-events/${event?.id}`)).body.body).toContain('CanaryWelcomeCode0001');

  const secrets = [
    ...sandboxApps.flatMap((app) => Object.values(sandboxSettings[app])),
    ...sandboxSettings.archiveKeys.map(({ privatePem }) => privatePem),
  ];
  const tokens = await Promise.all((['agent', 'contacts'] as const).map((app) => tokenOf(app)));
  const text = await everythingStored();
  expect(text).toContain(canary);
  for (const hidden of ['CanaryWelcomeCode0001', ...secrets, ...tokens]) expect(text).not.toContain(hidden);
});

/** What WeCom hands out for the secret: the same token as long as it is valid. */
async function tokenOf(app: 'agent' | 'contacts'): Promise<string> {
  const { sandbox } = system.at;
  const answer = await fetch(
    `${sandbox.url}/cgi-bin/gettoken?corpid=${sandbox.corpId}&corpsecret=${sandbox.secrets[app]}`,
  );
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Every file of the data folder, or every row of the database. */
async function everythingStored(): Promise<string> {
  const { db, dataDir } = system.at;
  const files = readdirSync(dataDir).filter((name) => name.startsWith('scrm.db'));
  if (db.dialect === 'sqlite') return files.map((name) => readFileSync(join(dataDir, name), 'latin1')).join('');
  const tables = await db.query<Record<string, string>>('SHOW TABLES');
  const rows = await Promise.all(tables.map((table) => db.query(`SELECT * FROM ${Object.values(table)[0]}`)));
  return JSON.stringify(rows);
}
