import { TransferBook } from './transfer-book';
import type {
  Department,
  ExternalContact,
  GroupChat,
  GroupTransfer,
  InterceptRule,
  Relation,
  Staff,
  Tag,
  TagGroup,
  Transfer,
  TransferOutcome,
  Unassigned,
} from './types';

const pairKey = (userid: string, externalUserid: string): string => `${userid.toLowerCase()}|${externalUserid}`;

export type RelationFields = Omit<Relation, 'serial' | 'staff' | 'contact'>;

/** The state of the pretend company. It only holds and links; who may do what stands in `control/` and `api/`. */
export class World {
  readonly departments = new Map<number, Department>();
  /** Serving staff by lower-cased userid: WeCom ignores case. */
  readonly staff = new Map<string, Staff>();
  readonly departed = new Map<string, Staff>();
  readonly contacts = new Map<string, ExternalContact>();
  readonly tagGroups = new Map<string, TagGroup>();
  /** Dismissed ones included: asking for them is answered differently from unknown ones. */
  readonly groupChats = new Map<string, GroupChat>();
  /** Who sees the self-built app (可见范围): at first everybody, by the root department. */
  visibleRange: { departments: number[]; userids: string[] } = { departments: [1], userids: [] };
  readonly interceptRules = new Map<string, InterceptRule>();
  readonly transfers = new TransferBook<Transfer, ExternalContact>(({ contact }) => contact);
  readonly groupTransfers = new TransferBook<GroupTransfer, GroupChat>(({ chat }) => chat);
  /** How the next transfer of a contact ends, where a test or life decided so. */
  readonly plannedOutcomes = new Map<string, TransferOutcome>();
  readonly #unassigned = new Map<string, Unassigned>();
  /** Pairs where staff deleted the customer while the customer still has the staff member. */
  readonly #heldByExternal = new Set<string>();
  #serial = 0;

  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  findStaff(userid: string): Staff | undefined {
    return this.staff.get(userid.toLowerCase());
  }

  findDeparted(userid: string): Staff | undefined {
    return this.departed.get(userid.toLowerCase());
  }

  /** Staff whose customers WeCom shows. */
  followers(): Staff[] {
    return [...this.staff.values()].filter((staff) => staff.follower && staff.status === 1);
  }

  findRelation(userid: string, externalUserid: string): Relation | undefined {
    return this.findStaff(userid)?.relations.get(externalUserid);
  }

  link(staff: Staff, contact: ExternalContact, fields: RelationFields): Relation {
    const relation: Relation = { serial: this.nextSerial(), staff, contact, ...fields };
    staff.relations.set(contact.external_userid, relation);
    contact.followers.push(relation);
    this.#heldByExternal.delete(pairKey(staff.userid, contact.external_userid));
    return relation;
  }

  unlink({ staff, contact }: Relation): void {
    staff.relations.delete(contact.external_userid);
    contact.followers = contact.followers.filter((relation) => relation.staff !== staff);
  }

  /** Remembers that the customer still has the staff member who deleted them. */
  holdByExternal(userid: string, externalUserid: string): void {
    this.#heldByExternal.add(pairKey(userid, externalUserid));
  }

  /** True once, when the customer had still held the pair. */
  releaseByExternal(userid: string, externalUserid: string): boolean {
    return this.#heldByExternal.delete(pairKey(userid, externalUserid));
  }

  /** Customers of leavers without a new owner, in the order in which they became so. */
  unassigned(): Iterable<Unassigned> {
    return this.#unassigned.values();
  }

  addUnassigned(handover: Staff, contact: ExternalContact): void {
    const key = pairKey(handover.userid, contact.external_userid);
    const dimission_time = handover.departed_at ?? 0;
    this.#unassigned.set(key, { serial: this.nextSerial(), handover, contact, dimission_time });
  }

  isUnassigned(handover: Staff, contact: ExternalContact): boolean {
    return this.#unassigned.has(pairKey(handover.userid, contact.external_userid));
  }

  /** Takes the customer off the list. False when it was not there. */
  removeUnassigned(handover: Staff, contact: ExternalContact): boolean {
    return this.#unassigned.delete(pairKey(handover.userid, contact.external_userid));
  }

  findTag(tagId: string): { group: TagGroup; tag: Tag } | undefined {
    for (const group of this.tagGroups.values()) {
      const tag = group.tags.get(tagId);
      if (tag) return { group, tag };
    }
    return undefined;
  }

  tagIds(): string[] {
    return [...this.tagGroups.values()].flatMap((group) => [...group.tags.keys()]);
  }

  /** Groups that still exist. */
  liveGroupChats(): GroupChat[] {
    return [...this.groupChats.values()].filter((chat) => !chat.dismissed);
  }
}
