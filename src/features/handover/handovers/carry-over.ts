import { setMaxListeners } from 'node:events';
import { hours, minutes } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import { sideBySide } from '../../../core/side-by-side';
import type { Database } from '../../../db/database';
import type { ContactWithFollowers, ExternalContactApi, Follower } from '../../../wecom';
import { WecomFault } from '../../../wecom/errors';
import type { ExternalContactService } from '../../relations/external-contacts';
import type { Handover } from './handovers.entity';
import type { Item } from './item-rows';
import type { ItemStore } from './items.store';
import { originOf } from './results';
import { asking, type Hands } from './submission';

interface Deps {
  db: Database;
  api: Pick<ExternalContactApi, 'get' | 'remark' | 'markTags'>;
  items: ItemStore;
  externalContacts: Pick<ExternalContactService, 'store' | 'mirrorRead'>;
}

/** Network, not work: WeCom's own limits slow it down where need be. */
const atOnce = 8;
const perRound = 200;
const mostTries = 8;
const corpTag = 1;

/** What the giver knew of the external contact, as we last saw it. */
interface Known {
  remark: string;
  description: string;
  remark_corp_name: string;
  remark_mobiles: string[];
  tags: string[];
  /** Tags of the giver alone: WeCom lets nobody else set them. */
  personal: number;
}

/** The new pair as WeCom shows it. */
interface Shown {
  contact: ContactWithFollowers['contact'];
  follower: Follower;
}

/** Of somebody who uses WeCom themselves the company is theirs to say (path/92115). */
const wecomUser = 2;

export type CarryOver = ReturnType<typeof createCarryOver>;

/**
 * Remark, description, company, phone numbers and corp tags go along. Whether WeCom takes them along is not documented
 * (wecom-contacts §14.1), so the new pair is read first; what the successor noted themselves is never written over.
 */
export function createCarryOver({ db, api, items, externalContacts }: Deps) {
  const { store } = externalContacts;

  async function knownOf(item: Item): Promise<Known | undefined> {
    const relation = await store.pair(item.from_staff_id, item.subject_id);
    if (!relation) return undefined;
    const tags = await store.tags([relation.id]);
    return {
      ...{ remark: relation.remark, description: relation.description, remark_corp_name: relation.remark_corp_name },
      remark_mobiles: JSON.parse(relation.remark_mobiles),
      tags: tags.filter(({ type }) => type === corpTag).map(({ tag_key }) => tag_key),
      personal: tags.filter(({ type }) => type !== corpTag).length,
    };
  }

  /** @returns which of it was written */
  async function write(known: Known, { contact, follower }: Shown, hands: Hands) {
    const calls = asking(hands);
    const pair = { userid: follower.userid, external_userid: contact.external_userid };
    const missing = missingOf(known, { contact, follower });
    if (Object.keys(missing).length > 0) await api.remark({ ...pair, ...missing }, calls);
    const has = new Set(follower.tags.flatMap(({ tag_id }) => tag_id ?? []));
    const add = known.tags.filter((tag) => !has.has(tag));
    if (add.length > 0) await api.markTags({ ...pair, add }, calls);
    return { fields: Object.keys(missing), tags: add.length, personal_tags_left: known.personal };
  }

  async function carry(handover: Handover, item: Item, hands: Hands): Promise<void> {
    const calls = asking(hands);
    const origin = originOf(handover, db.now());
    let found = await api.get(item.subject_id, calls);
    const follower = found?.followers.find(({ userid }) => userid === item.to_userid);
    if (!found || !follower) return postpone(item, 'the new pair is not shown yet', hands);
    const known = handover.carry_over ? await knownOf(item) : undefined;
    const written = known ? await write(known, { contact: found.contact, follower }, hands) : { fields: [], tags: 0 };
    failpoint('handover.carried');
    if (written.fields.length + written.tags > 0) found = (await api.get(item.subject_id, calls)) ?? found;
    const shown = found;
    await hands.step(async () => {
      await externalContacts.mirrorRead(shown, origin, item.from_userid);
      await items.carried(item.id, 'done', db.now());
      await items.addSteps([item], { state: 'taken_over', step: 'carried', detail: written }, {});
    });
  }

  async function postpone(item: Item, why: string, hands: Hands): Promise<void> {
    const isLast = item.carry_tries + 1 >= mostTries;
    const wait = Math.min(minutes(1) * 4 ** item.carry_tries, hours(12));
    await hands.step(async () => {
      await items.carried(item.id, isLast ? 'failed' : 'pending', new Date(db.now().getTime() + wait));
      const detail = { why: why.slice(0, 200) };
      if (isLast) await items.addSteps([item], { state: 'taken_over', step: 'carry_failed', detail }, {});
    });
  }

  return {
    /** Of everybody who arrived and whose turn it is. What one of them fails at keeps no other waiting. */
    async carryAll(handover: Handover, hands: Hands): Promise<void> {
      for (;;) {
        const due = await items.where(
          [
            ["i.handover_id = ? AND i.state = 'taken_over' AND i.carry = 'pending'", handover.id],
            ['i.carry_at <= ?', db.now()],
          ],
          { limit: perRound },
        );
        if (due.length === 0) return;
        // Each call listens for the end in a few places.
        setMaxListeners(atOnce * 4, hands.signal);
        await sideBySide(due, atOnce, async (item) => {
          hands.signal.throwIfAborted();
          await carry(handover, item, hands).catch((error: unknown) => {
            if (!(error instanceof WecomFault)) throw error;
            // Nothing was sent: it is no try.
            const { retryAfterMs } = error;
            if (retryAfterMs !== undefined) {
              return hands.step(() => items.carryAt(item.id, new Date(db.now().getTime() + retryAfterMs)));
            }
            return postpone(item, messageOf(error), hands);
          });
        });
      }
    },
  };
}

/** WeCom puts the contact's own name where nobody has noted one. */
function missingOf(known: Known, { contact, follower }: Shown) {
  const isBlank = follower.remark === '' || follower.remark === contact.name;
  const phones = [...new Set([...follower.remark_mobiles, ...known.remark_mobiles])];
  return {
    ...(isBlank && known.remark !== '' && known.remark !== follower.remark ? { remark: known.remark } : {}),
    ...(follower.description === '' && known.description !== '' ? { description: known.description } : {}),
    ...(follower.remark_corp_name === '' && known.remark_corp_name !== '' && contact.type !== wecomUser
      ? { remark_company: known.remark_corp_name }
      : {}),
    ...(phones.length > follower.remark_mobiles.length ? { remark_mobiles: phones } : {}),
  };
}
