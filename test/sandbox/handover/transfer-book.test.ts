import { TransferBook } from '../../../src/sandbox/world/transfer-book';
import type { Staff } from '../../../src/sandbox/world/types';
import { smallCompany } from '../support';

const many = 10_000;

/** A transfer that counts how often somebody looks at it. */
class Watched {
  static looks = 0;
  #outcome: string | undefined;

  constructor(
    readonly handover: Staff,
    private readonly of: number,
  ) {}

  get subject(): number {
    Watched.looks += 1;
    return this.of;
  }

  get outcome(): string | undefined {
    Watched.looks += 1;
    return this.#outcome;
  }

  settle(): void {
    this.#outcome = 'taken_over';
  }
}

test('WCM-07 of ten thousand transfers one is found, and the oldest waiting, without a look at the others', () => {
  const { world } = smallCompany();
  const [giver, other] = world.followers();
  if (!giver || !other) throw new Error('nobody follows customers');
  const book = new TransferBook<Watched, number>(({ subject }) => subject);
  for (let n = 0; n < many; n += 1) book.add(new Watched(n % 2 === 0 ? giver : other, n));
  Watched.looks = 0;
  for (let n = 0; n < many; n += 1) expect(book.of(n)).toHaveLength(1);
  for (let due = book.waiting(); due; due = book.waiting()) due.settle();
  expect(Watched.looks).toBeLessThan(4 * many);
  expect([...book].every(({ outcome }) => outcome === 'taken_over')).toBe(true);
  expect([book.of(many), book.givenBy(giver.userid.toUpperCase()).length]).toEqual([[], many / 2]);
});
