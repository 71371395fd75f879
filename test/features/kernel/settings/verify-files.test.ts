import { useSystem } from '../../../support/system';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
const name = 'WW_verify_0a1B2c3D4e5F6g7H.txt';
const by = { actor: 'host', address: '' };
const ask = (path: string, init?: RequestInit) => fetch(`${system.at.system.url}${path}`, init);
const put = (value: string) => system.at.system.services.settings.set('WECOM_VERIFY_FILES', value, by);

test('what WeCom asks for is served at the root from the moment it is set, and nothing else', async () => {
  expect((await ask(`/${name}`)).status).toBe(404);
  await put(`${name}=0a1B2c3D4e5F6g7H, WW_verify_zzzzzzzzzzzzzzzz.txt=Second`);
  const answer = await ask(`/${name}`);
  expect([answer.status, await answer.text()]).toEqual([200, '0a1B2c3D4e5F6g7H']);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await (await ask('/WW_verify_zzzzzzzzzzzzzzzz.txt')).text()).toBe('Second');
  for (const path of [
    ...['/WW_verify_yyyyyyyyyyyyyyyy.txt', '/ww_verify_zzzzzzzzzzzzzzzz.txt', `/x/${name}`, `/${name}/`],
    ...['/WW_verify_zzzzzzzzzzzzzzzz.html', '/robots.txt', '/WW_verify_zzzzzzzzzzzzzzz.txt'],
  ]) {
    expect([path, await (await ask(path)).text()]).not.toEqual([path, 'Second']);
    expect([path, (await ask(path)).status]).toEqual([path, 404]);
  }
  expect((await ask(`/${name}`, { method: 'POST' })).status).toBe(404);
  await system.at.system.services.settings.clear('WECOM_VERIFY_FILES', by);
  expect((await ask(`/${name}`)).status).toBe(404);
});

test.each([
  ['a name that is too short', 'WW_verify_short.txt=abc'],
  ['another name', 'index.html=abc'],
  ['a way up', '../WW_verify_0a1B2c3D4e5F6g7H.txt=abc'],
  ['markup', `${name}=<script>`],
  ['content that is too long', `${name}=${'a'.repeat(65)}`],
  ['no content', `${name}=`],
])('%s is not taken', async (_what, value) => {
  await expect(put(value)).rejects.toMatchObject({ status: 422 });
});
