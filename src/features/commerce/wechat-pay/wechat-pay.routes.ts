import { get, post, type Route } from '../../../http/route';
import type { WechatPay } from './wechat-pay';
import {
  notificationPage,
  notificationParam,
  notificationQuery,
  notificationView,
  refusalPage,
  refusalQuery,
} from './wechat-pay.schema';

export const wechatPayRoutes = ({ wechatPay }: { wechatPay: WechatPay }): Route[] => [
  get(
    '/pay/notifications',
    {
      ...{ can: 'pay:read', about: 'What WeChat Pay told us, newest first' },
      ...{ query: notificationQuery, returns: notificationPage },
    },
    ({ query }) => wechatPay.notifications.list(query),
  ),
  post(
    '/pay/notifications/:id/replay',
    {
      ...{ can: 'pay:configure', about: 'Handle a notification again', params: notificationParam },
      ...{ returns: notificationView, status: 202 },
    },
    ({ params, viewer }) => wechatPay.notifications.replay(params.id, viewer),
  ),
  get(
    '/pay/refusals',
    {
      ...{ can: 'pay:read', about: 'What came in the name of WeChat Pay and was not believed, newest first' },
      ...{ query: refusalQuery, returns: refusalPage },
    },
    ({ query }) => wechatPay.refusals.list(query),
  ),
];
