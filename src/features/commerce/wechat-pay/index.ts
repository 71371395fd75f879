import { PayIntent, PayNonce, PayNotificationRow, PayRefusalRow } from './wechat-pay.entity';
import { wechatPayRoutes } from './wechat-pay.routes';

export const wechatPayFeature = {
  name: 'wechat-pay',
  entities: [PayNotificationRow, PayNonce, PayRefusalRow, PayIntent],
  routes: wechatPayRoutes,
};
export type { PayOutcome, PayReact } from './notifications.service';
export { createWechatPay, type WechatPay } from './wechat-pay';
