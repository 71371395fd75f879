import type { Setting } from '../archive/decks';
import { archiveKeys } from '../archive/keys';
import { answerConsent, canBeRecalled, recall, type Saying, say } from '../archive/say';
import { createTalk, type Moment } from '../archive/talk';
import type { Said } from '../archive/types';
import { externalContactEvent } from '../callbacks/events';
import { type Company, record } from '../company';
import type { Random } from '../random';
import type { GroupChat, Staff } from '../world/types';
import { chatOrAny, type Hidden, happens, isActive, mustStaff, NotPossible, relationOrAny } from './support';

export interface ManySayings extends Hidden {
  /** How many messages, left out ones included. */
  count: number;
  /** Spread over so many milliseconds that are past. Default 0: all of it now. */
  over_ms?: number | undefined;
}

export interface ConsentTarget extends Hidden {
  /** The member of a single chat, or `chat_id` for a group. Left out: any single chat. */
  userid?: string | undefined;
  chat_id?: string | undefined;
  external_userid?: string | undefined;
  /** Default true. */
  agreed?: boolean | undefined;
}

/** What people say to each other, and what WeCom's conversation archive makes of it. */
export function archiveOperations(company: Company) {
  const talk = createTalk(company);
  return {
    /** Somebody says something. @returns what stands in the ledger of it: whether it is archived, and as what */
    say: (saying: Saying = {}): Said => say(company, { ...saying, at: saying.at && new Date(saying.at) }),

    /** One exchange of a few messages. */
    talk({ setting, silent = false }: { setting?: Setting | undefined } & Hidden = {}): { said: number } {
      const before = company.ledger.said.length;
      talk.in(setting ?? talk.anySetting(), now(company, silent));
      return { said: company.ledger.said.length - before };
    },

    /** Random talk of every kind, in bulk. */
    sayMany({ count, over_ms = 0, silent = false }: ManySayings): { said: number; archived: number } {
      const { said } = company.ledger;
      const begin = said.length;
      const moment = over_ms > 0 ? past(company, { count, over_ms }) : now(company, silent);
      for (let idle = 0; said.length - begin < count && idle < mostIdle; ) {
        idle = happens(() => talk.in(talk.anySetting(), moment)) ? 0 : idle + 1;
      }
      const mine = said.slice(begin);
      return { said: mine.length, archived: mine.filter(({ seq }) => seq !== null).length };
    },

    /** The sender takes a message back; left out: the last one that can be. */
    recall({ msgid, silent }: { msgid?: string | undefined } & Hidden = {}): Said {
      const said = company.ledger.said.findLast((row) => (msgid ? row.msgid === msgid : canBeRecalled(company, row)));
      if (!said) throw new NotPossible(`No message ${msgid ?? ''} to take back`);
      return recall(company, said, { silent });
    },

    /** A customer answers whether a conversation may be archived. WeCom tells of consent in single chats only. */
    consent(target: ConsentTarget = {}): Said {
      const { agreed = true, silent } = target;
      const { where, external_userid } = askedOf(company, target);
      return consent(company, { where, external_userid, agreed, silent });
    },

    /** The administrator gives a member a seat of the archive, or takes it. */
    setSeat({ userid, seat, silent }: { userid: string; seat: boolean } & Hidden): { userid: string } {
      const staff = mustStaff(company, userid);
      company.archive.seats.set(staff, seat);
      record(company, { kind: 'archive_seat_changed', userid: staff.userid, detail: { seat } }, [], { silent });
      return { userid: staff.userid };
    },

    /** The administrator uploads another public key: what is said from now on is sealed for it. */
    rotateArchiveKey({ silent }: Hidden = {}): { version: number } {
      if (!company.archive.rotateKey()) throw new NotPossible(`There are only ${archiveKeys.length} keys`);
      const version = company.archive.keyVersion();
      record(company, { kind: 'archive_key_rotated', detail: { version } }, [], { silent });
      return { version };
    },
  };
}

/** How often in a row nobody may be found to talk before it is given up. */
const mostIdle = 200;

const now = (company: Company, silent: boolean): Moment => ({
  at: () => company.clock.now(),
  silent,
  answers: (where, external_userid, agreed) => consent(company, { where, external_userid, agreed, silent }),
});

/** Moments before the story begins, in order and mostly by day; nobody is told of them. */
function past(company: Company, { count, over_ms }: { count: number; over_ms: number }): Moment {
  const end = company.clock.now().getTime();
  const { random } = company.archive;
  const times = Array.from({ length: count }, () => workingTime(random, end, over_ms)).sort((a, b) => b - a);
  const at = (): Date => new Date(times.pop() ?? end);
  return {
    at,
    silent: true,
    answers: (where, external_userid, agreed) =>
      answerConsent(company, { where, external_userid, agreed, at: at(), silent: true }),
  };
}

function workingTime(random: Random, end: number, over: number): number {
  for (let n = 0; n < 50; n += 1) {
    const at = end - Math.floor(random.next() * over);
    const hour = (new Date(at).getUTCHours() + 8) % 24;
    if ((hour >= 9 && hour < 21) || random.chance(0.05)) return at;
  }
  return end;
}

function askedOf(company: Company, target: ConsentTarget): { where: Staff | GroupChat; external_userid: string } {
  const { chat_id, external_userid } = target;
  if (chat_id === undefined) {
    const relation = relationOrAny(company, target, isActive);
    return { where: relation.staff, external_userid: relation.contact.external_userid };
  }
  const where = chatOrAny(company, chat_id);
  const asked = external_userid ?? [...where.members.values()].find(({ type }) => type === 2)?.userid;
  if (!asked) throw new NotPossible('Nobody in that group can be asked');
  return { where, external_userid: asked };
}

interface Consenting extends Hidden {
  where: Staff | GroupChat;
  external_userid: string;
  agreed: boolean;
}

function consent(company: Company, consenting: Consenting): Said {
  const { where, external_userid, agreed, silent } = consenting;
  const said = answerConsent(company, consenting);
  const place = 'chat_id' in where ? { chat_id: where.chat_id } : { userid: where.userid };
  const kind = agreed ? 'archive_consent_given' : 'archive_consent_refused';
  const welcome_code = company.archive.random.id('CALLBACK_', 43);
  const announcements =
    agreed && 'userid' in where
      ? [{ nodes: externalContactEvent('msg_audit_approved', { userid: where.userid, external_userid, welcome_code }) }]
      : [];
  record(company, { kind, ...place, external_userid }, announcements, { silent });
  return said;
}
