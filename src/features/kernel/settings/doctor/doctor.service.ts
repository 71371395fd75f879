import type { WecomAppName } from '../../../../../config';
import { type Clock, seconds } from '../../../../core/clock';
import { messageOf } from '../../../../core/errors';
import type { Logger } from '../../../../core/logger';
import { iso } from '../../../../http/schema';
import type { SecretCheck } from '../../../../wecom';
import { archiveChecks } from './archive.checks';
import { callbackChecks, isOwnEcho } from './callback.checks';
import type { DoctorReport } from './doctor.schema';
import {
  type Check,
  type CheckLevel,
  type DoctorDeps,
  isConfigured,
  type Outcome,
  type Round,
  words,
} from './doctor.types';
import { payChecks } from './pay.checks';
import { scopeChecks } from './scope.checks';
import { serverChecks } from './server.checks';
import { sidebarChecks } from './sidebar.checks';
import { wecomChecks } from './wecom.checks';

interface Deps extends DoctorDeps {
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
}

export type Doctor = ReturnType<typeof createDoctor>;

/** Somebody waits in front of the screen. */
const patienceMs = seconds(30);

/** Examines the whole installation: every check says what it found, why, and what to click. */
export function createDoctor(deps: Deps) {
  const { clock, logger, live, notes } = deps;
  const checks = [
    ...wecomChecks(deps),
    ...scopeChecks(deps),
    ...callbackChecks(deps),
    ...sidebarChecks(deps),
    ...archiveChecks(deps),
    ...payChecks(deps),
    ...serverChecks(deps),
  ];
  let last: DoctorReport | undefined;
  let underWay: Promise<DoctorReport> | undefined;

  async function answerOf(check: Check, round: Round): Promise<DoctorReport['checks'][number]> {
    const { key, area, title } = check;
    const outcome = await check.run(round).catch((error: unknown) => unknown(error, key));
    const { level, cause, action = null, errcode = null, copy = [] } = outcome;
    return { key, area, title, level, cause, action, errcode, copy: [...copy] };
  }

  function unknown(error: unknown, key: string): Outcome {
    logger.warn('a check of the doctor did not come to its end', { check: key, error: messageOf(error) });
    return {
      level: 'fail',
      cause: words('检查没有完成。', 'The check did not come to its end.'),
      action: words('请重新检查；若再次出现，请查看服务器日志。', 'Check again; if it stays, look into the log.'),
    };
  }

  async function egress(): Promise<DoctorReport['egress']> {
    const written = live.egressAddresses();
    const seen = (await notes.egress()).filter(({ subject }) => !written.includes(subject));
    return [
      ...written.map((address) => ({ address, source: 'settings' as const, seen_at: null })),
      ...seen.map(({ subject, noted_at }) => ({ address: subject, source: 'wecom' as const, seen_at: iso(noted_at) })),
    ];
  }

  async function examineNow(): Promise<DoctorReport> {
    const round = createRound(deps, AbortSignal.timeout(patienceMs));
    const found = await Promise.all(checks.map((check) => answerOf(check, round)));
    last = { checked_at: iso(clock.now()), level: worst(found), checks: found, egress: await egress() };
    return last;
  }

  /** Now. Who asks while it is under way gets the same. */
  function examine(): Promise<DoctorReport> {
    underWay ??= examineNow().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  return {
    examine,

    /** As this process last saw it; the first time it looks. */
    latest: async (): Promise<DoctorReport> => last ?? examine(),

    /** WeCom, and not we, checked the address of a receiver. */
    async noteVerified(receiver: WecomAppName, echo: string): Promise<void> {
      if (!isOwnEcho(echo)) await notes.noteVerified(receiver);
    },
  };
}

function createRound({ live, wecom }: DoctorDeps, signal: AbortSignal): Round {
  const asked = new Map<WecomAppName, Promise<SecretCheck | undefined>>();
  const ask = async (app: WecomAppName) =>
    isConfigured(live, app) ? wecom.platform.testSecret(app, { lane: 'click', signal }) : undefined;
  return {
    signal,
    secret(app) {
      const answer = asked.get(app) ?? ask(app);
      asked.set(app, answer);
      return answer;
    },
  };
}

const order: CheckLevel[] = ['fail', 'warn', 'ok'];
const worst = (found: { level: CheckLevel }[]): CheckLevel =>
  order.find((level) => found.some((one) => one.level === level)) ?? 'ok';
