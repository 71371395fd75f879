import { isIPv6 } from 'node:net';

/** An IPv6 caller has a /64 to draw from: the network counts as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [front = [], back = []] = plain.split('::').map((half) => half.split(':').filter(Boolean));
  const missing = Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(missing).fill('0'), ...back].slice(0, 4).join(':').toLowerCase();
}
