import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, sandboxCorpId } from '../config';
import { minutes, seconds } from './core/clock';
import {
  archiveProgram,
  createSandbox,
  type Order,
  type Sandbox,
  type SandboxClock,
  sandboxSettings,
  writeArchiveKeys,
  wxDoublePath,
} from './sandbox';

export interface Demo {
  /** The given settings with those of the pretend company in place of WeCom's. */
  config: Config;
  sandbox: Sandbox;
  /** From now on the company lives, and its callbacks arrive here. */
  deliverTo(url: string): void;
}

const actEveryMs = 5000;

/** In sandbox mode, a living company inside this process; the product cannot tell it from WeCom. */
export async function startDemo(config: Config, undo: (() => Promise<unknown> | unknown)[]): Promise<Demo | undefined> {
  if (config.wecom.mode !== 'sandbox') return undefined;
  const diary = openDiary(config.dataDir);
  const clock = createDemoClock(diary.began);
  const sandbox = createSandbox({
    ...{ clock, transferFailureRate: 0.05, transferDelayMs: minutes(2) },
    changed: (order) => diary.write(clock.now(), order),
  });
  relive(sandbox, clock, diary.entries);
  const apiBase = await sandbox.start(0);
  undo.push(() => sandbox.stop());
  const keysDir = join(config.dataDir, 'sandbox-archive-keys');
  writeArchiveKeys(keysDir);
  return {
    config: {
      ...config,
      wecom: demoSettings(config, { apiBase, keysDir }),
      // Somebody who names a merchant means that one.
      pay: config.pay.mchId ? config.pay : { ...sandboxSettings.pay, apiBase },
    },
    sandbox,
    deliverTo(url) {
      sandbox.deliverTo(url);
      const timer = setInterval(() => {
        const at = clock.now();
        diary.write(at);
        // The clock stands still meanwhile: what is told again after a restart must be the same to the millisecond.
        clock.moveTo(at);
        act(sandbox, clock);
        clock.run();
      }, actEveryMs);
      undo.push(() => clearInterval(timer));
    },
  };
}

const demoSettings = (config: Config, { apiBase, keysDir }: { apiBase: string; keysDir: string }): Config['wecom'] => ({
  ...config.wecom,
  mode: 'sandbox',
  apiBase,
  jsSdkUrls: [`${apiBase}${wxDoublePath}`],
  corpId: sandboxCorpId,
  agentId: sandboxSettings.agentId,
  apps: {
    agent: sandboxSettings.agent,
    contacts: sandboxSettings.contacts,
    archive: sandboxSettings.archive,
  },
  archive: { ...config.wecom.archive, sdkPath: archiveProgram, sdkSha256: undefined, keysDir },
});

/** Something the company did by itself, or had done by a program. */
interface Entry {
  at: Date;
  order?: Order;
}

/**
 * When the company began, when it did something, and what a program had it do: as its life follows from its seed, that is
 * enough to find it after a restart as it was left.
 */
function openDiary(dataDir: string) {
  const file = join(dataDir, 'sandbox-diary.txt');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, `${Date.now()}\n`);
  const [began, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return {
    began: new Date(Number(began)),
    entries: lines.map(entryOf),
    write(at: Date, order?: Order): void {
      const words = order ? [at.getTime(), order.api, order.body.replaceAll('\n', ' ')] : [at.getTime()];
      appendFileSync(file, `${words.join('\t')}\n`);
    },
  };
}

function entryOf(line: string): Entry {
  const [at, api, ...body] = line.split('\t');
  return { at: new Date(Number(at)), ...(api === undefined ? {} : { order: { api, body: body.join('\t') } }) };
}

interface DemoClock extends SandboxClock {
  moveTo(at: Date): void;
  run(): void;
}

/** Stands where it is put until it runs. */
function createDemoClock(began: Date): DemoClock {
  const listeners: (() => void)[] = [];
  let stopped: Date | undefined = began;
  return {
    now: () => stopped ?? new Date(),
    advance: () => {
      for (const listener of listeners) listener();
    },
    onAdvance: (listener) => void listeners.push(listener),
    moveTo: (at) => {
      stopped = at;
    },
    run: () => {
      stopped = undefined;
    },
  };
}

/** How long the people of the demo think before they pay. */
const thinkMs = seconds(10);

/** Lets what became due happen, then something new. */
function act(sandbox: Sandbox, clock: DemoClock): void {
  clock.advance(0);
  for (const { out_trade_no } of sandbox.bank.waitingSince(new Date(clock.now().getTime() - thinkMs))) {
    sandbox.control.pay({ out_trade_no });
  }
  sandbox.life.step();
}

function relive(sandbox: Sandbox, clock: DemoClock, entries: readonly Entry[]): void {
  for (const { at, order } of entries) {
    clock.moveTo(at);
    if (order) sandbox.repeat(order);
    else act(sandbox, clock);
  }
  clock.run();
}
