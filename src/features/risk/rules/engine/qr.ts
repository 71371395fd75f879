import type { Found, Part, QrClass } from './types';

/** What a code begins with, without its scheme when that is the web's. The first that fits decides. */
const prefixes: readonly [prefix: string, of: QrClass][] = [
  ['wxp://', 'wechat_pay'],
  ['weixin://wxpay/', 'wechat_pay'],
  ['wx.tenpay.com/', 'wechat_pay'],
  ['payapp.weixin.qq.com/', 'wechat_pay'],
  ['qr.alipay.com/', 'alipay'],
  ['ds.alipay.com/', 'alipay'],
  ['alipays://', 'alipay'],
  ['alipayqr://', 'alipay'],
  ['u.wechat.com/', 'wechat_person'],
  ['weixin.qq.com/g/', 'wechat_group'],
  ['work.weixin.qq.com/', 'wecom'],
  ['qr.95516.com/', 'unionpay'],
];

const withoutScheme = (code: string): string =>
  code
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');

/** What kind of QR code this is, by what it says. */
export function qrClassOf(code: string): QrClass {
  const rest = withoutScheme(code);
  return prefixes.find(([prefix]) => rest.startsWith(prefix))?.[1] ?? 'other';
}

/** @returns what finds the codes of some classes in a part, but for those that begin with what is allowed */
export function qrFinder(classes: readonly QrClass[], allowed: readonly string[]): (part: Part) => Found[] {
  const begins = allowed.map(withoutScheme);
  return ({ codes }) =>
    codes
      .filter((code) => !begins.some((begin) => withoutScheme(code).startsWith(begin)))
      .map((code): Found => ({ span: null, fuzzy: false, what: qrClassOf(code), value: code }))
      .filter(({ what }) => classes.includes(what as QrClass));
}
