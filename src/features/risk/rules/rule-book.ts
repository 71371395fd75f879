import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import { everything } from '../../../wecom/archive/messages';
import type { WordListService } from '../../archive/words';
import type { JudgedMessage } from '../detection';
import type { RuleMatcher } from './definition.schema';
import { type CompilableRule, compileRulesSlowly, type Matcher, type RuleHit, type Subject } from './engine';
import type { RuleAt, RuleStore } from './rules.store';

interface Deps {
  db: Database;
  store: RuleStore;
  wordLists: Pick<WordListService, 'get'>;
}

/** What a rule found in a message, whatever else the rule asks. */
export interface Match {
  rule: RuleAt;
  message: JudgedMessage;
  hits: readonly RuleHit[];
}

/** Rules made ready. */
export interface ReadyRules {
  rules: readonly RuleAt[];
  match(messages: readonly JudgedMessage[]): Promise<Match[]>;
}

/** The words of lists, by list and as they are now. */
type Words = ReadonlyMap<string, readonly string[]>;

export type RuleBook = ReturnType<typeof createRuleBook>;

/** The rules that are on, ready to be asked. A change holds for the next message, in whatever process it was made. */
export function createRuleBook({ db, store, wordLists }: Deps) {
  let kept: { stamp: string; ready: ReadyRules } | undefined;

  /** Of lists that are on. */
  async function wordsOf(rules: readonly RuleAt[]): Promise<Words> {
    const ids = new Set(rules.flatMap(({ settings }) => settings.definition.matchers.flatMap(listsIn)));
    const words = new Map<string, readonly string[]>();
    for (const id of ids) {
      const list = await wordLists.get(id);
      words.set(id, list.enabled ? list.words : []);
    }
    return words;
  }

  async function staffAmong(people: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = [...new Set(people.map((person) => person.toLowerCase()))];
    const rows = await inChunks(keys, (chunk) =>
      db.query<{ userid_key: string }>(
        `SELECT userid_key FROM staff WHERE departed_at IS NULL AND userid_key IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Set(rows.map(({ userid_key }) => userid_key));
  }

  async function prepare(rules: readonly RuleAt[]): Promise<ReadyRules> {
    const words = await wordsOf(rules);
    let ours: ReadonlySet<string> = new Set();
    const isStaff = (id: string) => ours.has(id.toLowerCase());
    const find = await compileRulesSlowly(
      rules.map((rule) => compilable(rule, words)),
      { isStaff },
    );
    return {
      rules,
      async match(messages) {
        const read = messages.flatMap((message) => {
          const subject = subjectOf(message);
          return subject ? [{ message, subject }] : [];
        });
        // From here on nothing waits: another batch would have other cards.
        ours = await staffAmong(read.flatMap(({ subject }) => cardsIn(subject)));
        return read.flatMap(({ message, subject }) => matchesOf(rules, message, find(subject)));
      },
    };
  }

  async function stampOf(): Promise<string> {
    const rules = await db.query("SELECT id, live_version FROM risk_rule WHERE state = 'on' ORDER BY id");
    const lists = await db.query('SELECT id, version FROM archive_word_list ORDER BY id');
    return JSON.stringify([rules, lists]);
  }

  return {
    prepare,

    /** The rules as they are now; they are made ready anew only when one, or a word list, was changed. */
    async current(): Promise<ReadyRules> {
      const stamp = await stampOf();
      if (kept?.stamp === stamp) return kept.ready;
      const live = await store.live();
      const rules = await Promise.all(
        live.map(({ id, live_version, version }) => store.at(id, live_version ?? version)),
      );
      kept = { stamp, ready: await prepare(rules) };
      return kept.ready;
    },
  };
}

const listsIn = (matcher: RuleMatcher): string[] => (matcher.kind === 'words' ? matcher.lists : []);

const compilable = ({ id, settings: { definition } }: RuleAt, words: Words): CompilableRule => ({
  id,
  matchers: definition.matchers.map((matcher) => engineMatcher(matcher, words)),
  exclusions: definition.exclusions,
  saidBy: definition.conditions.said_by,
});

function engineMatcher(matcher: RuleMatcher, words: Words): Matcher {
  if (matcher.kind === 'red_packet') return { kind: matcher.kind, least: matcher.least };
  if (matcher.kind !== 'words') return matcher;
  const listed = matcher.lists.flatMap((id) => words.get(id) ?? []);
  return { kind: 'words', words: [...matcher.words, ...listed], fuzzy: matcher.fuzzy };
}

/** None where the text was purged. */
function subjectOf({ opened, sender_kind, codes }: JudgedMessage): Subject | undefined {
  if (!opened) return undefined;
  const parts = everything(opened.message).map(({ path, type, body, texts, media }) => ({
    ...{ path, type, body, text: texts.join('\n'), md5: media?.md5 ?? null },
    codes: codes.filter((code) => code.path === `${path}#qr`).map(({ text }) => text),
  }));
  return { sender: sender_kind, parts };
}

const cardsIn = ({ parts }: Subject): string[] =>
  parts.flatMap(({ type, body }) => (type === 'card' && typeof body.person === 'string' ? [body.person] : []));

function matchesOf(rules: readonly RuleAt[], message: JudgedMessage, hits: readonly RuleHit[]): Match[] {
  const numbers = [...new Set(hits.map(({ rule }) => rule))];
  return numbers.flatMap((number) => {
    const rule = rules[number] as RuleAt;
    const own = hits.filter((hit) => hit.rule === number && isDirected(rule, hit, message));
    return own.length > 0 ? [{ rule, message, hits: own }] : [];
  });
}

/** A red packet is sent or received by staff; all else goes by who says it. */
function isDirected({ settings }: RuleAt, { matcher }: RuleHit, { sender_kind }: JudgedMessage): boolean {
  const asked = settings.definition.matchers[matcher];
  if (asked?.kind !== 'red_packet' || asked.direction === 'any') return true;
  return sender_kind === (asked.direction === 'sent' ? 'staff' : 'external');
}
