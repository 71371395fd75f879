import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aPerson } from '../../support/people';
import { useSystem } from '../../support/system';
import { openDesk } from '../archive/desk';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
const folder = mkdtempSync(join(tmpdir(), 'device-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('DET LOCAL_CHAT_DELETED the example of docs/device-reports.md is taken, and found', async () => {
  const page = readFileSync('docs/device-reports.md', 'utf8');
  const [, example = ''] = /```js\n(.+?)```/s.exec(page) ?? [];
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [program, key] = [join(folder, 'report.mjs'), join(folder, 'connector.pem')];
  writeFileSync(program, example);
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));

  const { access, url } = { ...system.at.system.services, url: system.at.system.url };
  const admin = await aPerson({ access, db: system.at.db }, { roles: ['security_admin'] });
  const public_key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  const desk = await openDesk(system.at);
  const { body } = await desk.call(admin, 'device-connectors', { name: 'mdm', public_key });

  const env = { ...process.env, SCRM: url, CONNECTOR: body.id, KEY: key };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  const [finding] = await system.at.api.all('findings?detector=LOCAL_CHAT_DELETED');
  expect(stdout.trim()).toBe(`201 {"id":"${finding?.evidence[0].ref}"}`);
  expect(finding).toMatchObject({ userid: 'lin.mo', features: { connector: 'mdm', device: 'phone-77' } });
});
