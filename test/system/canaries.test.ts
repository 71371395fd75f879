import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealedColumns } from '../../src/features/kernel/keys/sealed-columns';
import { sandboxSettings } from '../../src/sandbox';
import { aPayment, heard } from '../features/commerce/cashier';
import { type Canaries, hitsIn, hitsInDump, hitsInFolder, sealedColumnsIn } from '../support/canaries';
import { aPerson } from '../support/people';
import { type Json, until, useSystem } from '../support/system';

const archiveSecret = 'canary-archive-secret-7Hq2';
const system = useSystem({
  staff: 4,
  externalContacts: 20,
  groupChats: 1,
  leavers: 0,
  seed: 23,
  logs: 'silly',
  merchant: true,
  env: { WECOM_ARCHIVE_SECRET: '', OUTBOUND_ALLOWED_HOSTS: '127.0.0.1:9' },
});

/** Numbers nobody has, so that none stands anywhere by chance. */
const phones = { first: '17012340001', second: '17012340002', third: '17012340003', typed: '17012340004' };
const note = 'canary-note-9Kx4';
const payer = 'oCanaryPayer00000000007Qx2';
let canaries: Canaries;

beforeAll(async () => {
  const { at } = system;
  canaries = { ...phones, note, payer, archiveSecret, ...(await secrets()) };
  const pair = at.sandbox.control.addRelation({});
  const edit = (remark_mobiles: string[], more: object = {}) => {
    // Two events of one second would be one to WeCom's own clock, and so to us.
    at.sandbox.clock.advance(2000);
    at.sandbox.control.editRelation({ ...pair, remark_mobiles, description: note, ...more });
  };
  edit([phones.first]);
  await at.settled();
  await at.syncAll();
  edit([phones.second], { description: `${note} again` });
  await at.settled();
  await failures(() => edit([phones.first, phones.second]));
  edit([phones.third], { silent: true });
  await at.reconcile();
  await isLogged(pair.userid);
  await asks(pair.external_userid);
  await pays();
  await isSoldTo();
  await ends('backup-runs');
  await ends('key-rotations');
  await ends('backup-runs');
}, 120_000);

/** What gives access, made as people make it. */
async function secrets(): Promise<Canaries> {
  const { at } = system;
  const { access, localSignIn } = at.system.services;
  const { id, token: link } = await access.createUser({ name: 'Wu', roles: ['system_admin'] });
  const { token: unused } = await access.createUser({ name: 'Li', roles: ['sales'] });
  const { token } = await access.issueToken({ name: 'canary', roles: ['security_admin', 'system_admin'] });
  const { secret } = await localSignIn.beginTotp({ id, name: 'Wu' }, '127.0.0.1');
  const { sessionId } = await access.useSignInLink(link, { address: '127.0.0.1' });
  const put = await fetch(`${at.system.url}/api/v1/settings/WECOM_ARCHIVE_SECRET`, {
    method: 'PUT',
    headers: { connection: 'close', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ value: archiveSecret }),
  });
  expect(put.status).toBe(200);
  const webhook = { url: 'http://127.0.0.1:9/', event_types: ['staff.departed'], description: 'ERP' };
  const { body: hook } = await at.api.post('webhooks', webhook);
  const { body: rotated } = await at.api.post(`webhooks/${hook.id}/secret`);
  const webhooks = { webhookSecret: hook.secret, newWebhookSecret: rotated.secret };
  const { agent, contacts } = sandboxSettings;
  const corp = { agentSecret: agent.secret, contactsSecret: contacts.secret, callbackKey: agent.callbackAesKey };
  const masterKey = at.system.config.masterKey ?? '';
  const { apiV3Key, privateKey } = sandboxSettings.pay;
  const pay = { apiV3Key, payKey: privateKey.split('\n')[2] ?? '' };
  return { link, unused, token, ...pay, totp: secret, session: sessionId, masterKey, ...webhooks, ...corp };
}

/** Somebody pays on a page. */
async function pays(): Promise<void> {
  const { at } = system;
  const { out_trade_no } = await at.system.services.wechatPay.payments.createPayment(
    aPayment('canary', { kind: 'jsapi', openid: payer }),
  );
  at.sandbox.control.pay({ out_trade_no });
  await heard(at);
}

/** What goes wrong with the values in hand: the database refuses, WeCom writes nonsense, somebody types at random. */
async function failures(edit: () => void): Promise<void> {
  const { at } = system;
  const failed = async () => {
    const [row] = await at.db.query<{ n: unknown }>("SELECT COUNT(*) AS n FROM job WHERE error LIKE '%personal_key%'");
    return Number(row?.n) > 0;
  };
  await at.db.execute('ALTER TABLE personal_key RENAME TO away');
  edit();
  await until('a callback fails', failed);
  await at.db.execute('ALTER TABLE away RENAME TO personal_key');
  await at.db.execute("UPDATE job SET run_at = ? WHERE state = 'ready'", [new Date(0)]);
  await at.settled();
  await at.sandbox.callbacks.sendRaw('agent', `no xml at all ${phones.first}`);
  await at.sandbox.callbacks.sendRaw(
    'agent',
    `<xml><ToUserName>x</ToUserName><FromUserName>zhang</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content>call ${phones.second}</Content></xml>`,
  );
  await at.settled();
  at.system.logger.error('a fault that quotes', {
    error: new Error(`${phones.first} is no user`),
    mobile: phones.second,
  });
}

/** WeCom's logs name customers with their phones, and files. */
async function isLogged(userid: string): Promise<void> {
  const { control } = system.at.sandbox;
  const ago_ms = 60_000;
  control.memberActs({ userid, oper_type: 2, detail_info: `姓名：${note}；手机号：${phones.first}`, ago_ms });
  control.fileActs({ userid, type: 134, file_info: `${note} ${phones.second}.xlsx`, ago_ms });
  await system.at.system.services.securityLogs.wake();
  await system.at.settled();
}

/** What somebody sends from a browser, who showed a second factor just now. */
async function inBrowser(role: string) {
  const { at } = system;
  const { headers } = await aPerson({ access: at.system.services.access, db: at.db }, { roles: [role] });
  return async (path: string, body: object): Promise<{ status: number; body: Json }> => {
    const answer = await fetch(`${at.system.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { connection: 'close', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
}

/** In the CRM: somebody at a customer, and a lead, with the numbers and the note. */
async function isSoldTo(): Promise<void> {
  const { api } = system.at;
  const customer = await api.post('customers', { name: '金丝雀公司', phone: phones.first, legal_representative: note });
  const contact = { name: '金丝', customer_id: customer.body.id, mobiles: [phones.second], supervisor_name: note };
  const made = [
    customer,
    await api.post('contacts', contact),
    await api.post('leads', { name: '雀', phones: [phones.third] }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
}

async function asks(externalUserid: string): Promise<void> {
  const { api } = system.at;
  const post = await inBrowser('compliance_officer');
  expect((await api.get(`external-contacts?mobile=${phones.third}`)).body.items).toHaveLength(1);
  await api.get(`external-contacts?q=${phones.typed}`);
  const reason = `asked for ${phones.typed}`;
  const path = `external-contacts/${externalUserid}/reveal`;
  const shown = await post(path, { field: 'remark_mobiles', reason });
  expect(shown.body.items[0].values).toEqual([phones.third]);
  expect((await post(path, { field: phones.typed, reason })).status).toBe(422);
  expect((await api.get(`external-contacts/${phones.typed}`)).status).toBe(404);
}

/** Starts a run as an administrator. @returns it when it has ended */
async function ends(path: string): Promise<Json> {
  const { at } = system;
  const post = await inBrowser(path === 'key-rotations' ? 'security_admin' : 'system_admin');
  const { status, body } = await post(path, {});
  expect(status).toBe(202);
  const { id } = body;
  const { runs } = at.system.services;
  await until(`${path} ends`, async () => !['queued', 'running'].includes((await runs.get(id)).state));
  const run = await runs.get(id);
  expect([run.state, run.error]).toEqual(['succeeded', null]);
  return run;
}

test('PLT-03 S13 S15 secrets, phone numbers and notes: 0 plain hits in the database, as files and as a dump', async () => {
  const { at } = system;
  // The ciphertext is there: nothing was dropped to be clean.
  expect(await at.api.all(`external-contacts?mobile=${phones.third}`)).toHaveLength(1);
  expect(await hitsInDump(at.system.config.databaseUrl, canaries)).toEqual([]);
});

test('S13 S15 0 plain hits in DATA_DIR: database file with its log, backups, logs, anchors', () => {
  expect(hitsInFolder(system.at.dataDir, canaries)).toEqual([]);
});

test('S13 O7 every sealed column is in the list that a rotation goes through, and is bound to what the list says', async () => {
  const { at } = system;
  const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  // The key that signs is made with the first seal, by a loop of its own.
  await until('something is signed', async () => (await at.db.query('SELECT id FROM evidence_key')).length > 0);
  const found = await sealedColumnsIn(at.system.config.databaseUrl);
  expect(found.filter((column) => !listed.includes(column))).toEqual([]);
  // Those of which this company has no value; the archive's are tried where there is one (archive.test.ts).
  const empty = ['staff.extra', 'external_contact.extra', 'totp_factor.secret'];
  const isElsewhere = (column: string) => empty.includes(column) || /^archive_(?!word_list)/.test(column);
  expect(listed.filter((column) => !found.includes(column) && !isElsewhere(column))).toEqual([]);
  const rotation = (await at.system.services.runs.list({ kind: 'key-rotation', limit: 1 })).items[0];
  expect(rotation?.result).toMatchObject({ version: 2, unreadable: 0 });
});

test('the search itself finds every form of a canary', () => {
  const { first } = phones;
  const forms = [
    Buffer.from(`x${first}y`),
    Buffer.from(`x${first}`, 'utf16le'),
    Buffer.from(Buffer.from(first).toString('hex')),
    ...['', 'a', 'ab', 'abc'].map((lead) => Buffer.from(Buffer.from(`${lead}${first} and more`).toString('base64'))),
    Buffer.from(`{"note":"canary \\"${first}\\""}`),
  ];
  expect(forms.map((bytes) => hitsIn(bytes, 'here', { first }))).toEqual(forms.map(() => ['first in here']));
  expect(hitsIn(Buffer.from('17012349999'), 'here', { first })).toEqual([]);
});

test('S15 what was logged was logged, without the values', () => {
  const dir = join(system.at.dataDir, 'logs');
  const lines = readdirSync(dir)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('');
  expect(lines).toContain('170****0001 is no user');
  expect(lines).toContain('a job failed and will be tried again');
});
