import { type Checkpoint, noCounts, PhaseContext } from '../../../../src/features/relations/reconciliation/phase';

type Save = (next: Checkpoint, progress: object, work: () => Promise<void>) => Promise<void>;

/** A phase whose run saves as it is told. */
function phaseWith(save: Save) {
  const added: unknown[][] = [];
  const checkpoint: Checkpoint = { phase: 0, counts: {}, inboxMark: 0, after: null, open: [] };
  const differences = { add: async (_run: string, found: unknown[]) => void added.push([...found]) };
  const run = { id: 'r1', signal: undefined, save };
  const options = { source: 'reconciliation', deps: { differences } };
  const phase = new PhaseContext(run as never, 'contacts', checkpoint, options as never);
  const saveOne = (key: string) =>
    phase.save(async () => {
      phase.counts.seen += 1;
      phase.report({ kind: 'relation_missing', key } as never);
    });
  return { phase, added, saveOne };
}

const lost = new Error('connection lost');

describe('a phase of a reconciliation', () => {
  it('E6 what a transaction counted and found that was undone for good is in no later one', async () => {
    let broken = true;
    const { phase, added, saveOne } = phaseWith(async (_next, _progress, work) => {
      await work();
      if (broken) throw lost;
    });
    await expect(saveOne('first')).rejects.toBe(lost);
    expect(phase.counts).toEqual(noCounts());
    broken = false;
    await saveOne('second');
    expect(phase.counts.seen).toBe(1);
    expect(added.at(-1)).toEqual([{ kind: 'relation_missing', key: 'second' }]);
  });

  it('E6 a transaction that runs again counts and finds once', async () => {
    const { phase, added, saveOne } = phaseWith(async (_next, _progress, work) => {
      await work();
      await work();
    });
    await saveOne('one');
    expect(phase.counts.seen).toBe(1);
    expect(added.at(-1)).toHaveLength(1);
  });
});
