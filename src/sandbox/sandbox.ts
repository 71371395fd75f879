import { days, hours, toUnix } from '../core/clock';
import { buildArchive } from './archive/build';
import { createNotifier } from './archive/notify';
import { createArchiveStore } from './archive/store';
import { createSender } from './callbacks/sender';
import { createSandboxClock, type SandboxClock } from './clock';
import type { Company } from './company';
import { createControl } from './control';
import { createControlApi } from './control-api';
import { Faults } from './faults';
import { repeatOrder } from './http/answer';
import type { LimitOptions } from './http/limits';
import { Limits } from './http/limits';
import { createSandboxServer, type Order } from './http/server';
import { Tokens } from './http/tokens';
import { Ledger } from './ledger';
import { createLife } from './life';
import { createBank } from './pay/bank';
import { createPayDesk } from './pay/desk';
import { createPayNotices } from './pay/notices';
import { createRandom } from './random';
import { type SandboxApp, sandboxSettings } from './settings';
import { signInPage } from './sign-in-page';
import { createSignIns } from './sign-ins';
import { settleTransfers } from './transfers';
import { type Truth, truthOf } from './truth';
import { clientPath, createWecomClient } from './wecom-client';
import { buildWorld, defaultSize, type WorldSize } from './world/build';

export interface SandboxOptions extends Partial<WorldSize> {
  /** Default: real time that can be advanced. */
  clock?: SandboxClock;
  /** How long `groupchat/get` may answer the old state after a change, ms. Default 0; WeCom: about 2000. */
  groupChatLagMs?: number;
  /** The share of transfers that customers refuse or that fail. Default 0. */
  transferFailureRate?: number;
  /** How long the groups of a leaver are being inherited, ms; counted in whole seconds. Default 0: at once. */
  groupTransferDelayMs?: number;
  /** How long the transfer of a customer takes, ms. Default 24 h, as at WeCom. */
  transferDelayMs?: number;
  /** How long every answer takes, ms. Default 0. */
  latencyMs?: number;
  /** Hears of every API call that changed the company. */
  changed?: (order: Order) => void;
  limits?: LimitOptions;
  callbacks?: { concurrency?: number; retryDelayMs?: number };
  /** Serves the control API under /sandbox/ as well. Default false. */
  controlApi?: boolean;
}

export type Sandbox = ReturnType<typeof createSandbox>;

/** A whole pretend WeCom company. Nothing listens until `start`; nobody is told of anything until `deliverTo`. */
export function createSandbox(options: SandboxOptions = {}) {
  const size = { ...defaultSize, ...given(options) };
  const clock = options.clock ?? createSandboxClock();
  const ledger = new Ledger(clock);
  const world = buildWorld(size, toUnix(clock.now()));
  const faults = new Faults(createRandom(size.seed + 2));
  const callbacks = createSender({ ...identity, apps: sandboxSettings, clock, ledger, faults, ...options.callbacks });
  const archive = createArchiveStore({ clock, random: createRandom(size.seed + 4), faults, said: ledger.said });
  const notifier = createNotifier({ corpId: identity.corpId, clock, send: callbacks.send });
  buildArchive(archive, world, clock.now());
  const bank = createBank({ clock, notices: createPayNotices({ clock, faults }) });
  const pay = createPayDesk({ bank, clock, faults, asked: (api) => ledger.count('calls', api) });
  const company: Company = {
    ...identity,
    bank,
    world,
    ledger,
    clock,
    random: createRandom(size.seed + 3),
    signIns: createSignIns(clock),
    groupChatLagMs: options.groupChatLagMs ?? 0,
    transferFailureRate: options.transferFailureRate ?? 0,
    groupTransferDelayMs: options.groupTransferDelayMs ?? 0,
    transferDelayMs: options.transferDelayMs ?? hours(24),
    send: callbacks.send,
    archive,
    toldOfMessages: notifier.somethingWasSaid,
  };
  clock.onAdvance(() => settleTransfers(company));
  const control = createControl(company);
  control.sayMany({ count: size.messages, over_ms: days(4) });
  const life = createLife({ company, control, random: createRandom(size.seed + 1), talkative: size.messages > 0 });
  const tokens = new Tokens(clock, identity.corpId, sandboxSettings);
  const parts = {
    clock,
    ledger,
    faults,
    control,
    life,
    callbacks,
    bank,
    tokens,
    truth: (): Truth => truthOf(world, archive),
  };
  const controlApi = options.controlApi ? createControlApi(parts) : undefined;
  const client = createWecomClient(company);
  const server = createSandboxServer(
    { company, tokens, limits: new Limits(clock, options.limits ?? {}), faults },
    {
      latencyMs: options.latencyMs ?? 0,
      sideDoor: async (request) => client.answer(request) ?? controlApi?.(request),
      changed: options.changed,
      pay,
      page: (url) => signInPage(company, url) ?? client.page(url),
    },
  );
  let url: string | undefined;

  return {
    ...identity,
    ...parts,
    world,
    secrets,
    /** Does once more what a program had it do. */
    repeat({ api, body }: Order): void {
      if (api.startsWith('/v3/')) pay.repeat({ method: 'POST', path: api, body });
      else repeatOrder(company, { api, body });
    },
    /** The base address, instead of https://qyapi.weixin.qq.com. */
    get url(): string {
      if (!url) throw new Error('The sandbox has not been started');
      return url;
    },
    /** Where people open the pretend client. */
    get clientUrl(): string {
      // Another name of this machine: whoever is signed in to the console stays so.
      return `${this.url.replace('127.0.0.1', 'localhost')}${clientPath}`;
    },
    /** Sends callbacks to `{baseUrl}/callbacks/wecom/{agent,contacts,archive}` from now on. */
    deliverTo(base: string | undefined): void {
      client.opens(base);
      callbacks.deliverTo(base);
    },
    /** @returns the base address; port 0 takes a free one */
    async start(port = 0): Promise<string> {
      url = await server.listen(port);
      return url;
    },
    async stop(): Promise<void> {
      life.stop();
      notifier.stop();
      await server.close();
      await callbacks.close();
      await bank.notices.close();
    },
  };
}

const identity = { corpId: sandboxSettings.corpId, agentId: sandboxSettings.agentId };

const secrets: Readonly<Record<SandboxApp, string>> = {
  agent: sandboxSettings.agent.secret,
  contacts: sandboxSettings.contacts.secret,
  archive: sandboxSettings.archive.secret,
};

/** Only the sizes that were given: an undefined one must not hide the default. */
const given = (options: SandboxOptions): Partial<WorldSize> =>
  Object.fromEntries(
    Object.keys(defaultSize).flatMap((key) => {
      const value = options[key as keyof WorldSize];
      return value === undefined ? [] : [[key, value]];
    }),
  );
