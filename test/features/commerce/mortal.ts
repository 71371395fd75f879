import { seconds } from '../../../src/core/clock';
import type { Database } from '../../../src/db/database';
import { createWechatPay } from '../../../src/features/commerce/wechat-pay';
import { createPay, type Pay } from '../../../src/pay';
import type { SystemAtTest } from '../../support/system';

/** The process is dead. */
export class Killed extends Error {}

/** Counts what a process does, and dies at the given step; from then on nothing it does has any effect. */
function createLife(diesAt: number) {
  let steps = 0;
  const step = () => {
    steps += 1;
    if (steps >= diesAt) throw new Killed(`at step ${diesAt}`);
  };
  return {
    /** Before and after it there is a moment to die in. */
    async live<T>(act: () => Promise<T>): Promise<T> {
      step();
      const result = await act();
      step();
      return result;
    },
  };
}

type Life = ReturnType<typeof createLife>;

/** Each call of these methods is a step; everything else is left as it is. */
function mortal<T extends object>(target: T, names: readonly string[], { live }: Life): T {
  return new Proxy(target, {
    get(_, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (!names.includes(String(name))) return value.bind(target);
      return (...given: unknown[]) => live(() => Reflect.apply(value, target, given));
    },
  });
}

const gatewayCalls = ['native', 'jsapi', 'query', 'close', 'refund', 'queryRefund'];

/** WeChat Pay as a process of its own on the database of `at`: one that dies at a step, or lives on. */
export function processOn(at: SystemAtTest, { diesAt = Number.POSITIVE_INFINITY, patienceMs = seconds(10) } = {}) {
  const { services, config, vault, logger } = at.system;
  const life = createLife(diesAt);
  const db: Database = mortal(at.db, ['transact', 'execute'], life);
  const real = createPay({ config: config.pay, clock: { now: () => at.db.now() }, patienceMs });
  const pay: Pay = { ...real, gateway: () => mortal(real.gateway(), gatewayCalls, life) };
  const { queue, audit, events } = services;
  const base = () => at.system.url;
  return {
    ...createWechatPay({ db, vault, logger, queue, audit, events, pay, base }),
    gateway: real.gateway,
    end: real.close,
  };
}
