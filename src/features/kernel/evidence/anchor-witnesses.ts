import type { Logger } from '../../../core/logger';
import type { AnchorLine, AnchorStore } from './anchors';

/** Who else is told of each anchor, best somebody that the administrator of the database has no power over. */
export interface AnchorWitness {
  readonly name: string;
  /** Takes what it lacks of all there are, the newest last. @throws when it does not have the newest then */
  keep(lines: readonly AnchorLine[]): Promise<void>;
  /** What it holds, oldest first; some cannot be asked. */
  copies?(): Promise<AnchorCopy[]>;
}

/** An anchor as a witness has it; without anchor when it is not what its name says. */
export interface AnchorCopy extends AnchorLine {
  name: string;
}

/** What a witness says. */
export interface Testimony {
  witness: string;
  /** Null: it could not be asked. */
  copies: AnchorCopy[] | null;
}

interface Deps {
  /** Where anchors are kept and read from. */
  folder: AnchorStore;
  witnesses: readonly AnchorWitness[];
  logger: Pick<Logger, 'error'>;
}

/**
 * Anchors are kept in the folder, and witnesses are told of each. One that cannot be told is an error in the log and
 * stops nothing: every anchor covers the whole chain before it, so the next one says the same and more.
 */
export function createWitnessedAnchors({ folder, witnesses, logger }: Deps): AnchorStore {
  const behind = new Set<string>();

  async function tell({ name, keep }: AnchorWitness, lines: readonly AnchorLine[]): Promise<void> {
    try {
      await keep(lines);
      behind.delete(name);
    } catch (error) {
      behind.add(name);
      logger.error('an anchor of the audit trail did not reach a witness', { witness: name, error });
    }
  }

  async function hear(witness: string, copies: () => Promise<AnchorCopy[]>): Promise<Testimony> {
    try {
      return { witness, copies: await copies() };
    } catch (error) {
      logger.error('a witness of the audit trail could not be asked', { witness, error });
      return { witness, copies: null };
    }
  }

  return {
    lines: folder.lines,

    async append(text) {
      await folder.append(text);
      const lines = await folder.lines();
      await Promise.all(witnesses.map((witness) => tell(witness, lines)));
    },

    testimonies: () => Promise.all(witnesses.flatMap(({ name, copies }) => (copies ? [hear(name, copies)] : []))),

    behind: () => [...behind],

    /** Once a witness has it, it lies elsewhere, too; while none can be told, only where the folder is. */
    onDiskOfDatabase: async () => (witnesses.some(({ name }) => !behind.has(name)) ? false : folder.onDiskOfDatabase()),
  };
}
