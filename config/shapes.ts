import { isIP } from 'node:net';
import { z } from 'zod';

export const port = z.coerce.number().int().min(0).max(65_535);
export const aesKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}$/, 'expected 43 letters and digits')
  .optional();
export const optional = z.string().min(1).optional();
export const whole = (least: number, byDefault: number) => z.coerce.number().int().min(least).default(byDefault);
export const verifyFile = /WW_verify_[A-Za-z0-9]{16}\.txt=[A-Za-z0-9]{1,64}/;
/** One that can be trusted on its way here: https, or this very machine. */
export const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  const isOwn = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isOwn)) && !search && !hash && !username;
};
export const isAddressList = (text: string): boolean => text.split(/[\s,;]+/).every((one) => isIP(one) !== 0);

/** Addresses of scripts, separated by commas: https, or http on this machine. */
export const isScriptList = (text: string): boolean =>
  text.split(',').every((part) => {
    const url = URL.canParse(part.trim()) ? new URL(part.trim()) : undefined;
    return url !== undefined && (url.protocol === 'https:' || /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(url.href));
  });
