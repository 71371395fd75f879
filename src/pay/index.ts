import type { PayConfig } from '../../config';
import type { Clock } from '../core/clock';
import { PayNotConfigured } from './errors';
import { createPayGateway, type PayGateway } from './gateway';
import { merchantOf } from './merchant';
import { openNotification, type PayNotification } from './notification';
import type { MessageHeaders } from './signed';
import { createPayTransport } from './transport';

export { PayError, PayFault } from './errors';
export type { PagePayment, PayGateway, PayOrder } from './gateway';
export { type Refund, refundNotice, type Transaction, transaction } from './messages';
export type { PayNotification } from './notification';
export { type MessageHeaders, type PayRefusal, PayRefused, payRefusals } from './signed';

interface Deps {
  config: PayConfig;
  clock: Clock;
  /** How long one call may take in all. */
  patienceMs?: number;
}

export interface Pay {
  /** Settings that are still needed; none: there is a merchant. */
  missing: readonly string[];
  mchId: string | undefined;
  /** @throws PayNotConfigured */
  gateway(): PayGateway;
  /** @throws PayRefused, PayNotConfigured */
  open(message: { headers: MessageHeaders; body: Buffer }): PayNotification;
  close(): Promise<void>;
}

/** WeChat Pay, or what is missing to reach it. Nothing else waits for that. */
export function createPay({ config, clock, patienceMs }: Deps): Pay {
  const { merchant, missing } = merchantOf(config);
  if (!merchant) {
    const refuse = () => {
      throw new PayNotConfigured(missing);
    };
    return { missing, mchId: config.mchId, gateway: refuse, open: refuse, close: async () => undefined };
  }
  const { apiBase } = config;
  const transport = createPayTransport({ apiBase, merchant, clock, patienceMs });
  const gateway = createPayGateway({ transport, merchant, clock, apiBase });
  return {
    missing,
    mchId: merchant.mchId,
    gateway: () => gateway,
    open: (message) => openNotification(merchant, message, clock.now()),
    close: transport.close,
  };
}
