import { z } from 'zod';
import type { Page } from '../../core/paging';
import { pages } from '../cursor';
import { isErrcode, nullOn } from '../errors';
import type { CallOptions, WecomClient } from '../types';
import {
  type BatchPage,
  batchPage,
  type ContactWithFollowers,
  contactIds,
  contactPage,
  type ExternalContact,
  type Follower,
  followerIds,
  type Unassigned,
  unassignedPage,
} from './external-contact.shape';
import { cursorField } from './shape';

/** No relation (any more), or an id outside the app's range (wecom-contacts §3.3). */
const noRelation = [84061, 40096] as const;
const batchLimit = 100;

/** What a staff member notes of an external contact. What is left out stays; an empty text clears. */
export interface Remark {
  userid: string;
  external_userid: string;
  /** At most 20 characters. */
  remark?: string | undefined;
  /** At most 150 characters. */
  description?: string | undefined;
  /** At most 20 characters; of WeChat users only. */
  remark_company?: string | undefined;
  /** Takes the place of all that were there; an empty list clears them. */
  remark_mobiles?: readonly string[] | undefined;
}

/** Ids of corp tags that come and go. */
export interface TagMarks {
  userid: string;
  external_userid: string;
  add: readonly string[];
  remove?: readonly string[] | undefined;
}

/** Such a write answers its errcode and nothing else: a bare object is no answer. */
const done = z.object({ errcode: z.literal(0) });

export type ExternalContactApi = ReturnType<typeof createExternalContactApi>;

/** External contacts and who follows them (客户联系). All calls need the agent secret. */
export function createExternalContactApi(client: WecomClient) {
  const path = (name: string) => ({ app: 'agent', path: `externalcontact/${name}` }) as const;

  async function onePage(external_userid: string, cursor: string | undefined, options: CallOptions) {
    const query = { external_userid, ...cursorField(cursor) };
    const answer = await client.call({ ...path('get'), method: 'GET', query, parse: contactPage, ...options });
    return { contact: answer.external_contact, items: answer.follow_user, next_cursor: answer.next_cursor };
  }

  async function wholeContact(externalUserid: string, options: CallOptions): Promise<ContactWithFollowers> {
    const followers: Follower[] = [];
    let latest: ExternalContact | undefined;
    for await (const page of pages((cursor) => onePage(externalUserid, cursor, options))) {
      latest = page.contact;
      followers.push(...page.items);
    }
    if (!latest) throw new Error('a read ended without a page');
    return { contact: latest, followers };
  }

  async function batch(userids: string[], cursor: string | undefined, options: CallOptions): Promise<BatchPage> {
    if (userids.length > batchLimit) throw new RangeError(`at most ${batchLimit} staff a call`);
    const body = { userid_list: userids, limit: batchLimit, ...cursorField(cursor) };
    const page = await client.call({
      ...path('batch/get_by_user'),
      method: 'POST',
      body,
      parse: batchPage,
      ...options,
    });
    return {
      items: page.external_contact_list,
      next_cursor: page.next_cursor,
      unlicensed_userids: page.fail_info?.unlicensed_userid_list ?? [],
    };
  }

  return {
    /** Staff with the customer-contact function, in the app's visible range. No paging. */
    followers: async (options: CallOptions): Promise<string[]> =>
      (await client.call({ ...path('get_follow_user_list'), method: 'GET', parse: followerIds, ...options }))
        .follow_user,

    /** Ids of everyone a staff member follows; also those who deleted the staff member. 84061 → none. */
    async list(userid: string, options: CallOptions): Promise<string[]> {
      const call = client.call({ ...path('list'), method: 'GET', query: { userid }, parse: contactIds, ...options });
      return (await nullOn([84061], call))?.external_userid ?? [];
    },

    /** One external contact with all followers, over all pages (500 a page). @returns null without a relation */
    get: (externalUserid: string, options: CallOptions): Promise<ContactWithFollowers | null> =>
      nullOn(noRelation, wholeContact(externalUserid, options)),

    /**
     * External contacts of at most 100 staff, 100 a page; the cheapest full read. 84061 for a single staff member
     * is an empty page; for several the error is passed on, for it does not say whose it is: ask one by one.
     */
    async batchByStaff(userids: string[], cursor: string | undefined, options: CallOptions): Promise<BatchPage> {
      try {
        return await batch(userids, cursor, options);
      } catch (error) {
        const none = userids.length === 1 && !cursor && isErrcode(error, [84061]);
        if (none) return { items: [], next_cursor: null, unlicensed_userids: [] };
        throw error;
      }
    },

    /** External contacts of leavers that nobody was given yet. The order is not stated. */
    async unassigned(cursor: string | undefined, options: CallOptions): Promise<Page<Unassigned>> {
      const body = { page_size: 1000, ...cursorField(cursor) };
      const call = { ...path('get_unassigned_list'), method: 'POST', body, parse: unassignedPage } as const;
      const page = await client.call({ ...call, ...options });
      return { items: page.info, next_cursor: page.is_last ? null : page.next_cursor };
    },

    /**
     * Notes what the staff member knows (path/92115). At least one field is given. Gives no callback: read the pair
     * again. May be sent again. @throws WecomError 84061 without a relation, 6000 when others write at the same time
     */
    async remark({ remark_mobiles, ...fields }: Remark, options: CallOptions): Promise<void> {
      // WeCom takes an empty list for none given: one empty number clears.
      const mobiles = remark_mobiles && (remark_mobiles.length > 0 ? remark_mobiles : ['']);
      const body = { ...fields, remark_mobiles: mobiles };
      await client.call({ ...path('remark'), method: 'POST', body, parse: done, ...options });
    },

    /**
     * Puts corp tags on a pair and takes others off (path/92118): at most 3000 on a pair, as many as you like in a
     * call, though not none at all. Gives no callback. May be sent again.
     * @throws WecomError 84061 unless they are contacts, 40068 for a tag there is not, 6000 when others write at the same time
     */
    async markTags({ add, remove = [], ...pair }: TagMarks, options: CallOptions): Promise<void> {
      const body = { ...pair, add_tag: add, remove_tag: remove };
      await client.call({ ...path('mark_tag'), method: 'POST', body, parse: done, ...options });
    },
  };
}
