import type { Sandbox } from '../../src/sandbox';

/** Between two steps, of the company's clock: what happens in one second is rare, and the whole lies near enough to now. */
export const stepMs = 50;

/**
 * A company's life with more wrong in it than usual: bursts of deletions, some that nobody tells of, and people taken
 * back whom somebody had deleted.
 * @param rest waits until what was told is handled: life is quicker here than anywhere, and what is read must be of its time
 */
export async function liveBadly(sandbox: Sandbox, steps: number, rest: () => Promise<unknown>): Promise<void> {
  for (let n = 1; n <= steps; n += 1) {
    sandbox.life.step();
    for (const [, act] of wrongs.filter(([every]) => n % every === 0)) act(sandbox, n);
    sandbox.clock.advance(stepMs);
    if (n % 200 === 0) await caughtUp();
  }
  await caughtUp();

  async function caughtUp(): Promise<void> {
    await sandbox.callbacks.idle();
    await rest();
  }
}

/** A transfer takes a day; here it is due at the next turn. */
function hurry({ world }: Sandbox): void {
  for (const transfer of world.transfers) transfer.takeover_time = 0;
}

const wrongs: readonly (readonly [every: number, act: (sandbox: Sandbox, n: number) => void])[] = [
  [10, hurry],
  [50, takeBack],
  [100, deleteOne],
  [250, deleteMany],
];

/** Some, by the step: no chance of its own, so a seed goes on telling one story. */
const pick = <T>(all: readonly T[], n: number): T | undefined => all[(n * 7919) % Math.max(all.length, 1)];

const followerAt = ({ world }: Sandbox, n: number) => pick(world.followers(), n);
const customersOf = (sandbox: Sandbox, n: number) => {
  const staff = followerAt(sandbox, n);
  const pairs = [...(staff?.relations.values() ?? [])].filter(({ half }) => !half);
  return pairs.map(({ contact }) => ({ userid: staff?.userid, external_userid: contact.external_userid }));
};

function deleteMany(sandbox: Sandbox, n: number): void {
  for (const pair of customersOf(sandbox, n).slice(0, 6)) sandbox.control.deleteByStaff(pair);
}

function deleteOne(sandbox: Sandbox, n: number): void {
  const [pair] = customersOf(sandbox, n + 1);
  if (pair) sandbox.control.deleteByStaff({ ...pair, silent: true });
}

function takeBack({ ledger, world, control }: Sandbox, n: number): void {
  const deleted = ledger.facts.filter(({ kind }) => kind === 'relation_deleted_by_staff');
  const { userid = '', external_userid } = pick(deleted, n) ?? {};
  const staff = world.findStaff(userid);
  if (!staff?.follower || !external_userid || staff.relations.has(external_userid)) return;
  control.addRelation({ userid: staff.userid, external_userid });
}
