import { sha256 } from '../../src/core/ids';
import { parseXml } from '../../src/wecom/xml';
import { createReceiver, type Receiver } from './receiver';
import { smallCompany } from './support';

let sandbox: ReturnType<typeof smallCompany>;
let receiver: Receiver;
let base: string;

beforeEach(async () => {
  receiver = createReceiver();
  base = await receiver.listen();
  sandbox = smallCompany({ callbacks: { retryDelayMs: 10 } });
  sandbox.deliverTo(`${base}/`);
});
afterEach(async () => {
  await sandbox.stop();
  receiver.close();
});

const told = () => receiver.heard.map(({ receiver: app, xml }) => ({ app, ...parseXml(xml) }));

test('S1: callbacks reach the right receiver, signed and encrypted, and say what happened', async () => {
  const pair = sandbox.control.addRelation({ state: 'shop_window' });
  sandbox.control.deleteByExternal(pair);
  const { userid } = sandbox.control.hireStaff();
  sandbox.control.staffLeaves({ userid });
  await sandbox.callbacks.idle();
  const who = { UserID: pair.userid, ExternalUserID: pair.external_userid };
  const expected = [
    {
      app: 'agent',
      Event: 'change_external_contact',
      ChangeType: 'add_external_contact',
      State: 'shop_window',
      ...who,
    },
    { app: 'agent', Event: 'change_external_contact', ChangeType: 'del_follow_user', ...who },
    { app: 'contacts', Event: 'change_contact', ChangeType: 'create_user', UserID: userid },
    { app: 'agent', Event: 'subscribe', FromUserName: userid },
    { app: 'contacts', Event: 'change_contact', ChangeType: 'delete_user', UserID: userid },
    { app: 'agent', Event: 'unsubscribe', FromUserName: userid },
  ];
  expect(told()).toHaveLength(expected.length);
  for (const event of expected) expect(told()).toContainEqual(expect.objectContaining(event));
  expect(sandbox.ledger.facts.map(({ silent }) => silent)).toEqual([false, false, false, false]);
});

test('the ledger knows what was acknowledged, by the digest of the plaintext', async () => {
  sandbox.control.editRelation({ description: 'a' });
  await sandbox.callbacks.idle();
  receiver.state.answer = 500;
  sandbox.control.editRelation({ description: 'b' });
  await sandbox.callbacks.idle();
  expect(sandbox.ledger.delivered).toHaveLength(2);
  expect(sandbox.ledger.acknowledged.map(({ digest }) => digest)).toEqual(receiver.heard.map(({ xml }) => sha256(xml)));
  expect(sandbox.ledger.acknowledged).toHaveLength(1);
  expect(sandbox.ledger.facts.map(({ silent }) => silent)).toEqual([false, true]);
});

test('tries three times when nobody answers, and once when somebody does', async () => {
  receiver.state.answer = 'hang up';
  expect(await sandbox.callbacks.sendRaw('agent', '<xml></xml>')).toMatchObject({ status: undefined, tries: 3 });
  expect(receiver.refused).toHaveLength(3);
  receiver.state.answer = 503;
  expect(await sandbox.callbacks.sendRaw('agent', '<xml></xml>')).toMatchObject({ status: 503, tries: 1 });
});

test('without a receiver, silent or dropped: nobody was told, and the ledger says so', async () => {
  const mark = sandbox.ledger.mark();
  sandbox.control.deleteByStaff({ silent: true });
  sandbox.faults.set('drop', { count: 1 });
  const dropped = sandbox.control.deleteByStaff();
  sandbox.control.deleteByStaff();
  await sandbox.callbacks.idle();
  expect(receiver.heard).toHaveLength(1);
  expect(sandbox.ledger.silentSince(mark)).toHaveLength(2);
  expect(sandbox.ledger.silentSince(mark)[1]).toMatchObject(dropped);
  sandbox.deliverTo(undefined);
  sandbox.control.deleteByStaff();
  expect(sandbox.ledger.silentSince(mark)).toHaveLength(3);
});

test('duplicates, shuffles and spoils callbacks on demand', async () => {
  sandbox.faults.set('duplicate', { count: 1 });
  sandbox.control.editRelation({ description: 'twice' });
  await sandbox.callbacks.idle();
  expect(receiver.heard).toHaveLength(2);
  expect(receiver.heard[0]).toEqual(receiver.heard[1]);

  sandbox.faults.set('corruptSignature', { count: 1 });
  sandbox.control.editRelation({ description: 'spoilt' });
  await sandbox.callbacks.idle();
  expect(receiver.refused).toEqual(['signature']);
  expect(sandbox.ledger.facts.at(-1)?.silent).toBe(true);

  sandbox.faults.set('shuffle', { ms: 150 });
  const sent = Array.from({ length: 12 }, (_, n) => sandbox.control.createTag({ name: `shuffled ${n}` }).tag_id);
  await sandbox.callbacks.idle();
  const arrived = told().flatMap((event) => ('Id' in event ? [String(event.Id)] : []));
  expect([...arrived].sort()).toEqual([...sent].sort());
  expect(arrived).not.toEqual(sent);
});

test('the URL check of each receiver comes back bare', async () => {
  for (const app of ['agent', 'contacts', 'archive'] as const) {
    expect(await sandbox.callbacks.verifyUrl(app)).toMatchObject({ ok: true, status: 200 });
  }
});

test('group events carry both versions, and the second is what groupchat/get shows', async () => {
  const { chat_id } = sandbox.control.createGroup();
  const before = sandbox.world.groupChats.get(chat_id)?.member_version;
  const { external_userid } = sandbox.control.addRelation();
  sandbox.control.joinGroup({ chat_id, members: [external_userid], scanned: true });
  await sandbox.callbacks.idle();
  expect(told()).toContainEqual(
    expect.objectContaining({
      UpdateDetail: 'add_member',
      JoinScene: '3',
      MemChangeList: { Item: external_userid },
      LastMemVer: before,
      CurMemVer: sandbox.world.groupChats.get(chat_id)?.member_version,
    }),
  );
});

test('texts that look like markup survive', async () => {
  sandbox.control.createDepartment({ name: 'a ]]> <b> & "c"', parentid: 1 });
  await sandbox.callbacks.idle();
  expect(told()[0]).toMatchObject({ ChangeType: 'create_party', Name: 'a ]]> <b> & "c"' });
});
