import { createWechatPay } from '../features/commerce/wechat-pay';
import type { OwnAddress } from '../features/kernel/settings';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Commerce = ReturnType<typeof createCommerce>;

/** Money: so far what WeChat Pay collects. */
export const createCommerce = (platform: Platform, { address, ...kernel }: Kernel & { address: OwnAddress }) => ({
  wechatPay: createWechatPay({ ...platform, ...kernel, base: address.base }),
});
