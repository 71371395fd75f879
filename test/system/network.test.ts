import dns from 'node:dns';
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from 'winston';
import { loadConfig } from '../../config';
import { startSystem } from '../../src/main';
import { until } from '../support/system';

/** Notes the host of every connection and name look-up of this process, as long as `work` runs. */
async function recorded(work: () => Promise<void>): Promise<Set<string>> {
  const hosts = new Set<string>();
  const connect = jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args) {
    const [target] = args.flat(2) as { host?: string; path?: string }[];
    hosts.add(target?.path ?? target?.host ?? 'localhost');
    return original.apply(this, args as Parameters<Socket['connect']>);
  });
  const lookup = jest.spyOn(dns, 'lookup');
  try {
    await work();
    for (const [host] of lookup.mock.calls) hosts.add(String(host));
    return hosts;
  } finally {
    connect.mockRestore();
    lookup.mockRestore();
  }
}

const original = Socket.prototype.connect;

test('S22 a server that starts, syncs and answers asks no host but the one WeCom is configured at', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'scrm-network-'));
  const config = loadConfig({ DATA_DIR: dir, PORT: '0' });
  try {
    const hosts = await recorded(async () => {
      const system = await startSystem({ config, migrate: true, logger: createLogger({ silent: true }) });
      expect((await fetch(`${system.url}/readyz`)).status).toBe(200);
      const synced = "SELECT id FROM run WHERE state = 'succeeded'";
      await until('the first sync is done', async () => (await system.db.query(synced)).length > 0, 60_000);
      await system.stop();
    });
    expect([...hosts]).toContain('127.0.0.1');
    expect([...hosts].filter((host) => host !== '127.0.0.1' && host !== 'localhost')).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}, 90_000);
