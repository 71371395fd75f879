import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/core/clock';
import { createDataKey, Vault } from '../../../src/core/vault';
import { Wecom1763769600200 } from '../../../src/db/migrations/1763769600200-wecom';
import { createWecom, type Wecom, type WecomAppName } from '../../../src/wecom';
import type { ClientTuning } from '../../../src/wecom/client';
import { wecomEntities } from '../../../src/wecom/wecom.entity';
import { openTestDatabase } from '../../support/database';
import { type FakeWecom, startFakeWecom } from './fake-wecom';

/** A clock that stands still until it is moved. */
class TestClock implements Clock {
  #at = Date.parse('2026-03-02T02:00:00Z');
  now = (): Date => new Date(this.#at);
  advance(ms: number): void {
    this.#at += ms;
  }
}

export interface Logged {
  level: 'warn' | 'error';
  message: string;
  meta: object | undefined;
}

export interface Process {
  wecom: Wecom;
  counted: string[];
}

/** A fake WeCom, a database with our tables, and as many "processes" as a test needs. */
export async function wecomAtTest() {
  const clock = new TestClock();
  const fake: FakeWecom = await startFakeWecom();
  const { db, close } = await openTestDatabase(wecomEntities, clock);
  const runner = db.source.createQueryRunner();
  await new Wecom1763769600200().up(runner);
  await runner.release();
  const masterKey = randomBytes(32);
  const vault = new Vault(masterKey, 'wwtest', [createDataKey(masterKey, 'wwtest', 1)]);
  const logged: Logged[] = [];
  const log = (level: Logged['level']) => (message: string, meta?: object) =>
    void logged.push({ level, message, meta });
  const secrets: Partial<Record<WecomAppName, string>> = { agent: 's-agent', contacts: 's-contacts' };
  const started: Wecom[] = [];

  /** Waits only on the test's clock. */
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };

  return {
    clock,
    fake,
    db,
    vault,
    logged,
    secrets,
    /** Another process: its own memory, the same database. */
    start(tuning: ClientTuning = {}): Process {
      const counted: string[] = [];
      const wecom = createWecom({
        baseUrl: fake.url,
        corpId: () => 'wwtest',
        secrets: (app) => secrets[app],
        agentId: () => 1000002,
        db,
        vault,
        clock,
        logger: { warn: log('warn'), error: log('error') },
        metrics: { count: (api, outcome) => void counted.push(`${api} ${outcome}`) },
        tuning: { retryMs: 1, wait, ...tuning },
      });
      started.push(wecom);
      return { wecom, counted };
    },
    async stop(): Promise<void> {
      await fake.close();
      for (const wecom of started) await wecom.client.close();
      await close();
    },
  };
}

export type WecomAtTest = Awaited<ReturnType<typeof wecomAtTest>>;

export const bulk = { lane: 'bulk' } as const;
export const click = { lane: 'click' } as const;
