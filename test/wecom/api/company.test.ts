import { createHash } from 'node:crypto';
import type { Wecom } from '../../../src/wecom';
import { WecomNotConfigured } from '../../../src/wecom/errors';
import { ok, refuse } from '../support/fake-wecom';
import { bulk, click, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

test('corp tags: groups and their tags', async () => {
  const tag = { id: 'et2', name: 'VIP', create_time: 1_700_000_000, order: 2, deleted: true };
  at.fake.on(
    'externalcontact/get_corp_tag_list',
    ok({ tag_group: [{ group_id: 'et1', group_name: '等级', create_time: 1_700_000_000, order: 1, tag: [tag] }] }),
  );
  const created_at = new Date(1_700_000_000_000);
  expect(await wecom.corpTags.list({}, bulk)).toEqual([
    {
      group_id: 'et1',
      name: '等级',
      created_at,
      order: 1,
      deleted: false,
      tags: [{ tag_id: 'et2', name: 'VIP', created_at, order: 2, deleted: true }],
    },
  ]);
  await wecom.corpTags.list({ tag_ids: ['et2'], group_ids: [] }, bulk);
  expect(at.fake.last('externalcontact/get_corp_tag_list')?.body).toEqual({ tag_id: ['et2'] });
});

describe('messages', () => {
  test('a text is cut at 2048 bytes, never inside a character', async () => {
    at.fake.on('message/send', ok({ msgid: 'm1', invaliduser: 'li|wang', unlicenseduser: '' }));
    const receipt = await wecom.messages.sendText({ userids: ['Li', 'Zhao'], content: '客'.repeat(1000) }, click);
    expect(receipt).toEqual({ msgid: 'm1', invalid_userids: ['li', 'wang'] });
    const sent = at.fake.last('message/send')?.body;
    expect(sent).toMatchObject({
      touser: 'Li|Zhao',
      agentid: 1000002,
      msgtype: 'text',
      text: { content: '客'.repeat(682) },
    });
  });

  test('a card keeps within the limits', async () => {
    at.fake.on('message/send', ok({ msgid: 'm1' }));
    const card = {
      userids: ['li'],
      title: '😀'.repeat(200),
      description: 'd'.repeat(600),
      url: 'https://a/',
      button: '查看客户详情',
    };
    await wecom.messages.sendTextCard(card, click);
    expect(at.fake.last('message/send')?.body.textcard).toEqual({
      title: '😀'.repeat(128),
      description: 'd'.repeat(512),
      url: 'https://a/',
      btntxt: '查看客户',
    });
    await expect(
      wecom.messages.sendTextCard({ ...card, url: `https://a/${'x'.repeat(2048)}` }, click),
    ).rejects.toBeInstanceOf(RangeError);
    await expect(wecom.messages.sendText({ userids: [], content: 'x' }, click)).rejects.toBeInstanceOf(RangeError);
  });
});

describe('tickets', () => {
  test('are fetched once for all processes, and sign', async () => {
    at.fake.on('get_jsapi_ticket', ok({ ticket: 'T1', expires_in: 7200 }));
    at.fake.on('ticket/get', ok({ ticket: 'T2', expires_in: 7200 }));
    expect(await wecom.tickets.corp()).toBe('T1');
    expect(await at.start().wecom.tickets.corp()).toBe('T1');
    expect(at.fake.count('get_jsapi_ticket')).toBe(1);
    const signed = await wecom.tickets.sign('jsapi_agent', 'https://a.example/#x');
    const text = `jsapi_ticket=T2&noncestr=${signed.nonce}&timestamp=${signed.timestamp}&url=https://a.example/`;
    expect(signed.signature).toBe(createHash('sha1').update(text).digest('hex'));
    expect(at.fake.last('ticket/get')?.query.type).toBe('agent_config');
  });
});

describe('platform', () => {
  test('addresses', async () => {
    at.fake.on('getcallbackip', ok({ ip_list: ['1.2.3.4', '5.6.7.0/24'] }));
    at.fake.on('get_api_domain_ip', ok({ ip_list: ['9.9.9.9'] }));
    expect(await wecom.platform.callbackIps(bulk)).toEqual(['1.2.3.4', '5.6.7.0/24']);
    expect(await wecom.platform.apiDomainIps(bulk)).toEqual(['9.9.9.9']);
  });

  test('the test of settings tells what to do', async () => {
    at.fake.on('agent/get', refuse(60020, 'not allow to access from your ip'), ok());
    expect(await wecom.platform.testSecret('agent', click)).toMatchObject({
      ok: false,
      errcode: 60020,
      advice: { en: expect.stringContaining('trusted IP') },
    });
    expect(await wecom.platform.testSecret('agent', click)).toEqual({ ok: true });
    at.fake.on('gettoken', refuse(40001));
    expect(await wecom.platform.testSecret('contacts', click)).toMatchObject({
      ok: false,
      errcode: 40001,
      advice: expect.any(Object),
    });
    expect(await wecom.platform.testSecret('archive', click)).toMatchObject({
      ok: false,
      errcode: null,
      message: new WecomNotConfigured('archive').message,
    });
  });
});
