import type { Company } from '../company';
import { isActive, NotPossible } from '../control/support';
import type { Random } from '../random';
import {
  colleagueLines,
  customerLines,
  dialogues,
  groupLines,
  riskyCustomerLines,
  riskyDialogues,
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

interface Line {
  place: Place;
  words: string;
}

interface Surroundings {
  setting: Setting;
  moment: Moment;
  before: string | undefined;
}

/** The small talk of a company: who talks to whom, in which turns and about what, by the archive's own chance. */
export function createTalk(company: Company) {
  const { archive, world } = company;
  const { random } = archive;
  const decks = createDecks(random);

  /** One turn: words, or something else that people send. What was said before can be quoted. */
  function turn({ place, words }: Line, { setting, moment, before }: Surroundings): void {
    const type = decks.next(setting, before !== undefined);
    const robot = type === 'markdown' || type === 'news' ? ({ from: 'robot' } as const) : {};
    const saying = { ...place, ...robot, at: moment.at(), silent: moment.silent };
    if (type === 'quote') say(company, { ...saying, text: quoted(before ?? '', words) });
    else if (type === 'unknown') say(company, { ...saying, text: '【未知消息类型】' });
    else takeBackSometimes(say(company, { ...saying, type, text: words }), moment);
  }

  function takeBackSometimes(said: Said, moment: Moment): void {
    if (random.chance(0.02) && canBeRecalled(company, said))
      recall(company, said, { at: moment.at(), silent: moment.silent });
  }

  /** A few lines in turn. */
  function exchange(lines: readonly Line[], setting: Setting, moment: Moment): void {
    let before: string | undefined;
    for (const line of lines) {
      turn(line, { setting, moment, before });
      before = line.words;
    }
  }

  /** Lines of nothing in particular, by those who take turns. */
  function anyLines(turns: readonly [Place, Place], setting: Setting): Line[] {
    return Array.from({ length: random.between(2, 7) }, (_, n) => {
      const place = turns[n % 2 === 0 ? 0 : 1];
      return { place, words: filled(random, wordsFor(random, place, setting)) };
    });
  }

  /** A talk that makes sense. */
  function dialogue(customer: Place, staff: Place): Line[] {
    return random.pick(random.chance(riskyShare) ? riskyDialogues : dialogues).map((line) => ({
      place: line.startsWith('客') ? customer : staff,
      words: filled(random, line.slice(2)),
    }));
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
      const customer = { ...place, from: 'external' } as const;
      const lines = random.chance(0.6) ? dialogue(customer, place) : anyLines([customer, place], 'customer');
      exchange(lines, 'customer', moment);
    },
    group(moment) {
      const chat = pick(random, world.liveGroupChats());
      if (!world.findStaff(chat.owner)) throw new NotPossible('Its owner has left');
      const customers = [...chat.members.values()].filter(({ type }) => type === 2);
      const { userid } = pick(random, customers.slice(0, 6));
      ask(chat, userid, moment);
      const place = { chat_id: chat.chat_id };
      const customer = { ...place, from: 'external', external_userid: userid } as const;
      exchange(anyLines([customer, place], 'group'), 'group', moment);
    },
    colleague(moment) {
      const staff = [...world.staff.values()];
      const [from, to] = [pick(random, staff), pick(random, staff)];
      if (from === to) throw new NotPossible('Nobody talks to themselves');
      if (random.chance(0.03)) switchCompany(company, from.userid, { at: moment.at(), silent: moment.silent });
      const there = { userid: from.userid, to_userid: to.userid };
      const back = { userid: to.userid, to_userid: from.userid };
      exchange(anyLines([there, back], 'colleague'), 'colleague', moment);
    },
    internal(moment) {
      const chat = pick(random, [...archive.internalChats.values()]);
      const serving = serversOf(chat);
      const inChat = (): Place => ({ chat_id: chat.chat_id, userid: pick(random, serving).userid });
      exchange(anyLines([inChat(), inChat()], 'internal'), 'internal', moment);
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

function pick<T>(random: Random, list: readonly T[]): T {
  if (list.length === 0) throw new NotPossible('Nobody to talk to');
  return random.pick(list);
}

/** Few people talk much and many talk little. */
function anyRelation({ world, archive: { random } }: Company): Relation {
  const busy = world.followers().filter((staff) => staff.relations.size > 0);
  const staff = busy[Math.floor(random.next() ** 2 * busy.length)];
  const active = [...(staff?.relations.values() ?? [])].filter(isActive);
  const relation = active[Math.floor(random.next() ** 4 * active.length)];
  if (!relation) throw new NotPossible('Nobody to talk to');
  return relation;
}

/** One line in forty, and one talk, is of the kind that compliance officers look for. */
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
