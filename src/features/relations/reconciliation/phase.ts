import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { RunContext } from '../../../jobs';
import type { CallOptions, Wecom } from '../../../wecom';
import type { StaffService } from '../../kernel/staff';
import type { CorpTagService } from '../corp-tags';
import type { ExternalContactService, Origin } from '../external-contacts';
import type { GroupChatService } from '../group-chats';
import type { Differences, NewDifference } from './differences';

/** What a full read amounted to. */
export interface Counts {
  /** Entities WeCom showed. */
  seen: number;
  added: number;
  changed: number;
  /** In our copy, but no longer shown. */
  vanished: number;
  /** Could not be read, so nothing is said of them. */
  unknown: number;
}

export const noCounts = (): Counts => ({ seen: 0, added: 0, changed: 0, vanished: 0, unknown: 0 });

/** Members who are read together, and WeCom's cursor inside what they have. */
export interface OpenBatch {
  userids: string[];
  cursor: string | null;
}

/** How far inside a phase a read is. */
export interface Place {
  /** The last entity, in order, that is done or in an open batch; the phase knows what it is. */
  after: string | null;
  /** Batches that were begun and are not done. */
  open: OpenBatch[];
}

/** Where a read stands: which phase, and how far inside it. */
export interface Checkpoint extends Place {
  phase: number;
  counts: Record<string, Counts>;
  /** The inbox event up to which all were handled when the run began: later ones may explain what it finds. */
  inboxMark: number;
}

export type ReadWecom = Pick<Wecom, 'directory' | 'externalContacts' | 'groupChats' | 'corpTags'>;

export interface PhaseDeps {
  db: Database;
  wecom: ReadWecom;
  staff: StaffService;
  externalContacts: ExternalContactService;
  corpTags: CorpTagService;
  groupChats: GroupChatService;
  differences: Differences;
  logger: Logger;
}

/** What a phase works with: the run, its own counts, and a way to save that never loses its place. */
export class PhaseContext {
  readonly calls: CallOptions;
  #found: NewDifference[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(
    readonly run: RunContext<object, Checkpoint>,
    readonly name: string,
    private readonly checkpoint: Checkpoint,
    private readonly options: { source: Origin['source']; deps: PhaseDeps },
  ) {
    this.calls = { lane: 'bulk', signal: run.signal };
    this.checkpoint.counts[name] ??= noCounts();
  }

  /** @param readAt when the read that shows it began, by the database's clock */
  origin(readAt: Date = this.options.deps.db.now()): Origin {
    return { source: this.options.source, ref: this.run.id, at: readAt };
  }

  get counts(): Counts {
    return this.checkpoint.counts[this.name] ?? noCounts();
  }

  get after(): string | null {
    return this.checkpoint.after;
  }

  get open(): readonly OpenBatch[] {
    return this.checkpoint.open;
  }

  /** Puts a batch among the open ones, and in every save from now on. */
  begin(batch: OpenBatch): void {
    this.checkpoint.open = [...this.checkpoint.open, batch];
    this.checkpoint.after = batch.userids.at(-1) ?? this.checkpoint.after;
  }

  /** Something differed. Written with the next `save`; only a reconciliation keeps what was merely corrected. */
  report(difference: NewDifference): void {
    if (this.options.source === 'reconciliation' || difference.state !== 'applied') this.#found.push(difference);
  }

  /**
   * Applies `work`, the differences found and the new place in one transaction (E6), one save after the other. Counts
   * and reports belong inside `work`. Without `to` the read stays where it is.
   */
  save(work: () => Promise<void>, to: (from: Place) => Partial<Place> = () => ({})): Promise<void> {
    const turn = this.#saving.then(() => this.#write(work, to));
    this.#saving = turn.catch(() => undefined);
    return turn;
  }

  async #write(work: () => Promise<void>, to: (from: Place) => Partial<Place>): Promise<void> {
    const before = structuredClone(this.checkpoint.counts);
    const reported = [...this.#found];
    const next: Checkpoint = { ...this.checkpoint, ...to(this.checkpoint) };
    const asBefore = () => {
      this.checkpoint.counts = structuredClone(before);
      this.#found = [...reported];
    };
    try {
      await this.run.save(next, this.progress(), async () => {
        // After a deadlock this runs again: what it counted and found the first time does not count.
        asBefore();
        await work();
        await this.options.deps.differences.add(this.run.id, this.#found);
        next.counts = this.checkpoint.counts;
      });
    } catch (error) {
      // Another batch may still be saved, and would take what was undone for its own.
      asBefore();
      throw error;
    }
    this.#found = [];
    // From where it stands now: another batch may have begun meanwhile.
    Object.assign(this.checkpoint, to(this.checkpoint));
  }

  private progress() {
    const done = Object.values(this.checkpoint.counts).reduce((sum, c) => sum + c.seen, 0);
    return { done, total: done, phase: this.name };
  }
}

export interface Phase {
  name: string;
  run(context: PhaseContext): Promise<void>;
}

/** More than a fifth and more than ten gone in one read: more likely our sight than their deeds (violations 2.2.7). */
export const isSuspiciousShrink = (gone: number, held: number): boolean => gone > 10 && gone > held * 0.2;
