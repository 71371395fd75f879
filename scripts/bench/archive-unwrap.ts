import { createPrivateKey } from 'node:crypto';
import { unwrapKey } from '../../src/wecom/archive/unwrap';

interface Question {
  pem: string;
  sealed: string[];
  ms: number;
}

// How many random keys one process unwraps a second when it does nothing else.
process.on('message', ({ pem, sealed, ms }: Question) => {
  const key = createPrivateKey(pem);
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < ms) {
    unwrapKey(key, sealed[done % sealed.length] as string);
    done += 1;
  }
  process.send?.((done * 1000) / (performance.now() - began));
});
