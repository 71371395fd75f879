import { type Company, nowOf } from '../company';
import { buildContacts, buildGroupChat } from '../world/build';
import { mustStaff } from './support';

export interface Portfolio {
  userid: string;
  /** How many customers more. None of them has deleted the member. */
  customers: number;
  /** How many groups more. */
  group_chats: number;
}

/** What drills need much of. */
export const portfolioOperations = (company: Company) => ({
  /** A member has so many customers and groups more, as if it had always been so: nothing happens, nobody is told. */
  givePortfolio({ userid, customers, group_chats }: Portfolio): { external_userids: string[]; chat_ids: string[] } {
    const { world, random } = company;
    const staff = mustStaff(company, userid);
    const site = { world, random, now: nowOf(company) };
    const known = new Set(staff.relations.keys());
    buildContacts(site, { count: customers, lost: 0, of: () => [staff] });
    const followers = world.followers();
    const chats = Array.from({ length: group_chats }, () => buildGroupChat(site, staff, followers));
    return {
      external_userids: [...staff.relations.keys()].filter((id) => !known.has(id)),
      chat_ids: chats.map(({ chat_id }) => chat_id),
    };
  },
});
