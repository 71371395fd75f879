import { minutes } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import type { Database } from '../../../db/database';
import type { JudgedMessage, Judgement, MessageDetector } from '../detection';
import { createCircumstances } from './circumstances';
import { foundBy } from './drafts';
import type { Hit } from './hit';
import { createHits } from './hits';
import { createHitStore, nameOf } from './hits.store';
import type { ReadyRules, RuleBook } from './rule-book';
import { families } from './rules.schema';
import type { RuleAt } from './rules.store';
import { togetherOf } from './together';

interface Deps {
  db: Database;
  vault: Parameters<typeof createHits>[0]['vault'];
  book: Pick<RuleBook, 'current'>;
  /** How detection speaks of a message. */
  facts: Pick<Parameters<typeof createHits>[0], 'concerning'> & Pick<Parameters<typeof foundBy>[2], 'messageFact'>;
}

export type RuleJudge = ReturnType<typeof createRuleJudge>;

/** Judges messages by rules. */
export function createRuleJudge({ db, vault, book, facts: { concerning, messageFact } }: Deps) {
  const store = createHitStore(db);
  const holding = createCircumstances(db);
  const hitsOf = createHits({ vault, concerning });

  /** What the rules find, all conditions considered, of one message alone. */
  async function look(ready: ReadyRules, messages: readonly JudgedMessage[]): Promise<Hit[]> {
    return (await holding(await ready.match(messages))).flatMap(hitsOf);
  }

  /** With what is stored of the same conversations and no part of anything yet. */
  async function withOpen(fresh: readonly Hit[], longest: number): Promise<Hit[]> {
    const known = await store.known(fresh);
    const unknown = fresh.filter((hit) => !known.has(nameOf(hit)));
    if (unknown.length === 0) return [];
    const times = unknown.map(({ sent_at }) => sent_at.getTime());
    const [from, to] = [new Date(Math.min(...times) - longest), new Date(Math.max(...times) + longest)];
    const conversations = new Set(unknown.map(({ conversation_id }) => conversation_id));
    return [...(await store.open([...conversations], from, to)), ...unknown];
  }

  async function judge(
    ready: ReadyRules,
    messages: readonly JudgedMessage[],
    { backscan = false } = {},
  ): Promise<Judgement> {
    const hits = await look(ready, messages);
    if (hits.length === 0) return { found: [] };
    const ofRule = groupBy(hits, ({ rule_id }) => rule_id);
    const own = (rule: RuleAt) => ofRule.get(rule.id) ?? [];
    const [alone, joining] = [ready.rules.filter((rule) => !isJoining(rule)), ready.rules.filter(isJoining)];
    const pool = await withOpen(joining.flatMap(own), Math.max(0, ...joining.map(lengthOf)));
    const parts = joining.flatMap((rule) =>
      togetherOf(
        rule,
        pool.filter((hit) => isOf(rule, hit)),
      ).map((part) => ({ rule, part })),
    );
    const single = alone.flatMap((rule) => togetherOf(rule, own(rule)).map((part) => ({ rule, part })));
    return {
      found: [...single, ...parts].map(({ rule, part }) => foundBy(rule, part, { backscan, messageFact })),
      async write() {
        await store.add([
          ...alone.flatMap(own).map((hit) => ({ hit, told: true })),
          ...joining.flatMap(own).map((hit) => ({ hit, told: false })),
        ]);
        await store.tell(parts.flatMap(({ part }) => part));
      },
    };
  }

  return {
    look,
    judge,
    purge: store.purge,

    /** Whatever rules are on when a message comes. */
    detector: {
      codes: families,
      judge: async (messages) => judge(await book.current(), messages),
    } satisfies MessageDetector,
  };
}

const lengthOf = ({ settings }: RuleAt): number => minutes(settings.definition.window_minutes);
const isJoining = (rule: RuleAt): boolean => lengthOf(rule) > 0;
const isOf = (rule: RuleAt, hit: Hit): boolean => hit.rule_id === rule.id && hit.version === rule.version;
