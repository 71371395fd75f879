import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { V7Generator } from 'uuidv7';

/** Random numbers drawn many at a time: one by one they cost more than the rest of the id. */
const drawn = new Uint32Array(1024);
let used = drawn.length;
const generator = new V7Generator({
  nextUint32() {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    return drawn[used++] as number;
  },
});

/** A time-ordered id for entities. */
export const newId = (): string => generator.generate().toString();

/** An unguessable url-safe token of `bytes` random bytes. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

export const sha256 = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');
