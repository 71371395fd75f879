import type { Company } from '../company';
import { isActive, NotPossible } from '../control/support';
import type { Random } from '../random';
import {
  colleagueLines,
  customerLines,
  groupLines,
  riskyCustomerLines,
  riskyStaffLines,
  staffLines,
} from '../world/phrases';
import type { GroupChat, Relation, Staff } from '../world/types';
import type { Place } from './conversation';
import { createDecks, type Setting } from './decks';
import { filled } from './kit';
import { canBeRecalled, recall, type Saying, say, switchCompany } from './say';
import type { InternalChat, Said } from './types';

/** When talk happens, and whether anybody is told of it. */
export interface Moment {
  at(): Date;
  silent: boolean;
  /** A customer who was never asked answers whether the conversation may be archived. */
  answers(where: Staff | GroupChat, externalUserid: string, agreed: boolean): unknown;
}

export type Talk = ReturnType<typeof createTalk>;

/** The small talk of a company: who talks to whom, in which turns and about what, by the archive's own chance. */
export function createTalk(company: Company) {
  const { archive, world } = company;
  const { random } = archive;
  const decks = createDecks(random);

  /** A line of an exchange; what was said before can be quoted. */
  function line(place: Place, setting: Setting, { moment, before }: { moment: Moment; before?: string }): string {
    const type = decks.next(setting, before !== undefined);
    const words = filled(random, wordsFor(random, place, setting));
    const robot = type === 'markdown' || type === 'news' ? ({ from: 'robot' } as const) : {};
    const saying = { ...place, ...robot, at: moment.at(), silent: moment.silent };
    if (type === 'quote') say(company, { ...saying, text: quoted(before ?? '', words) });
    else if (type === 'unknown') say(company, { ...saying, text: '【未知消息类型】' });
    else takeBackSometimes(say(company, { ...saying, type, text: words }), moment);
    return words;
  }

  function takeBackSometimes(said: Said, moment: Moment): void {
    if (random.chance(0.02) && canBeRecalled(company, said))
      recall(company, said, { at: moment.at(), silent: moment.silent });
  }

  /** A few lines in turn. */
  function exchange(turns: readonly Place[], setting: Setting, moment: Moment): void {
    let before: string | undefined;
    for (let n = random.between(1, 5); n > 0; n -= 1) {
      const place = turns[n % turns.length];
      if (place) before = line(place, setting, { moment, ...(before === undefined ? {} : { before }) });
    }
  }

  function ask(where: Staff | GroupChat, externalUserid: string, moment: Moment): void {
    if (archive.consents.of(where, externalUserid) || !random.chance(0.85)) return;
    moment.answers(where, externalUserid, random.chance(0.95));
  }

  const settings: Record<Setting, (moment: Moment) => void> = {
    customer(moment) {
      const { staff, contact } = anyRelation(company);
      const place = { userid: staff.userid, external_userid: contact.external_userid };
      ask(staff, contact.external_userid, moment);
      exchange([{ ...place, from: 'external' }, place], 'customer', moment);
    },
    group(moment) {
      const chat = pick(
        random,
        world.liveGroupChats().filter((candidate) => world.findStaff(candidate.owner) && hasCustomers(candidate)),
      );
      const customers = [...chat.members.values()].filter(({ type }) => type === 2);
      const { userid } = pick(random, customers.slice(0, 6));
      ask(chat, userid, moment);
      const place = { chat_id: chat.chat_id };
      exchange([{ ...place, from: 'external', external_userid: userid }, place], 'group', moment);
    },
    colleague(moment) {
      const staff = [...world.staff.values()];
      const [from, to] = [pick(random, staff), pick(random, staff)];
      if (from === to) throw new NotPossible('Nobody talks to themselves');
      if (random.chance(0.03)) switchCompany(company, from.userid, { at: moment.at(), silent: moment.silent });
      const there = { userid: from.userid, to_userid: to.userid };
      exchange([there, { userid: to.userid, to_userid: from.userid }], 'colleague', moment);
    },
    internal(moment) {
      const chat = pick(random, [...archive.internalChats.values()]);
      const serving = serversOf(chat);
      const turns = [pick(random, serving), pick(random, serving)];
      const places = turns.map(({ userid }) => ({ chat_id: chat.chat_id, userid }));
      exchange(places, 'internal', moment);
    },
  };

  return {
    /** One exchange of a few messages. @throws NotPossible where nobody is to talk to */
    in: (setting: Setting, moment: Moment): void => settings[setting](moment),
    anySetting: (): Setting =>
      random.pick([
        'customer',
        'customer',
        'customer',
        'customer',
        'customer',
        'group',
        'group',
        'colleague',
        'internal',
      ]),
  };
}

const quoted = (before: string, words: string): string => `这是一条引用/回复消息：\n${before}\n------\n${words}`;

const serversOf = (chat: InternalChat): Staff[] => chat.members.filter(({ status }) => status !== 5);
const hasCustomers = (chat: GroupChat): boolean => [...chat.members.values()].some(({ type }) => type === 2);

function pick<T>(random: Random, list: readonly T[]): T {
  if (list.length === 0) throw new NotPossible('Nobody to talk to');
  return random.pick(list);
}

/** Few customers talk much and many talk little. */
function anyRelation({ world, archive: { random } }: Company): Relation {
  const busy = world.followers().filter((staff) => staff.relations.size > 0);
  const active = [...pick(random, busy).relations.values()].filter(isActive);
  const relation = active[Math.floor(random.next() ** 3 * active.length)];
  if (!relation) throw new NotPossible('Nobody to talk to');
  return relation;
}

/** One line in forty is of the kind that compliance officers look for. */
const riskyShare = 1 / 40;

function wordsFor(random: Random, { from }: Saying, setting: Setting): string {
  if (setting === 'colleague' || setting === 'internal') return random.pick(colleagueLines);
  const risky = random.chance(riskyShare);
  if (from === 'external') {
    if (risky) return random.pick(riskyCustomerLines);
    return random.pick(setting === 'group' ? groupLines : customerLines);
  }
  return random.pick(risky ? riskyStaffLines : staffLines);
}
