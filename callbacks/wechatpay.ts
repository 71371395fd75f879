import type { PayOutcome } from '../src/features/commerce/wechat-pay';
import type { Services } from '../src/services';

type React = (message: unknown, services: Pick<Services, 'wechatPay'>) => Promise<PayOutcome>;

const payment: React = (message, { wechatPay }) => wechatPay.onTransaction(message);
const refund: React = (message, { wechatPay }) => wechatPay.onRefund(message);

/** What WeChat Pay may tell, by `event_type`. */
const reactions: Readonly<Record<string, React>> = {
  'TRANSACTION.SUCCESS': payment,
  'REFUND.SUCCESS': refund,
  'REFUND.ABNORMAL': refund,
  'REFUND.CLOSED': refund,
};

/** Whatever this version does not know is kept and left alone. */
export async function onPayNotification(
  eventType: string,
  message: unknown,
  services: Pick<Services, 'wechatPay'>,
): Promise<PayOutcome> {
  const react = Object.hasOwn(reactions, eventType) ? reactions[eventType] : undefined;
  return react ? react(message, services) : { state: 'ignored', reason: 'this version does nothing with it' };
}
