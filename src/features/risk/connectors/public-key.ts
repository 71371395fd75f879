/** The field of Curve25519, and the constant of its Edwards form (RFC 8032 §5.1). */
const p = 2n ** 255n - 19n;
const d = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
/** Of the points whose order divides 8: for a key that is one of them a signature over everything can be made up. */
const ofLowOrder = new Set([
  ...[0n, 1n, p - 1n],
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

/**
 * Whether 32 bytes are a public key of Ed25519 that only its owner can sign for: the one spelling of a point on the
 * curve, not of low order. OpenSSL takes any 32 bytes.
 */
export function isSoundKey(bytes: Buffer): boolean {
  if (bytes.length !== 32) return false;
  const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) & (2n ** 255n - 1n);
  return y < p && !ofLowOrder.has(y) && isOnCurve(y);
}

/** Whether there is an x to it: x² is (y² - 1) / (d y² + 1). */
const isOnCurve = (y: bigint): boolean => power((y * y - 1n) * (d * y * y + 1n), (p - 1n) / 2n) === 1n;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [square, left] = [base % p, exponent]; left > 0n; square = (square * square) % p, left >>= 1n) {
    if (left & 1n) result = (result * square) % p;
  }
  return result;
}
