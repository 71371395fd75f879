/** What happened between a staff member and an external contact. Ids and codes only. */
interface RelationNews {
  relation_id: string;
  userid: string;
  external_userid: string;
  /** The kind of the line in the relation's history. */
  kind: string;
  /** event, sync, reconciliation, own_write */
  source: string;
}

interface GroupChatNews {
  chat_id: string;
  /** The kind of the line in the group chat's history. */
  kind: string;
  source: string;
}

/**
 * How a departure came to be known: WeCom told of it; a list of WeCom lacks the member, or names them as gone; WeCom no
 * longer knows the id, or says that they left; a group chat has lost its owner.
 */
export type DepartureNoticed = 'event' | 'list' | 'status' | 'group_owner';

/** Everything that is told, and what is told of it. */
export interface EventData {
  'relation.added': RelationNews;
  'relation.changed': RelationNews;
  'relation.deleted_by_staff': RelationNews;
  'relation.deleted_by_external': RelationNews;
  /** Transferred, unassigned, out of scope, missing: `kind` says which. */
  'relation.ended': RelationNews;
  'group_chat.created': GroupChatNews;
  'group_chat.changed': GroupChatNews;
  'group_chat.dismissed': GroupChatNews;
  'staff.departed': { userid: string; noticed_by: DepartureNoticed };
  /** Somebody who had left serves again under the same userid. Stays inside. */
  'staff.returned': { userid: string };
  /** Three days after somebody left, something is still theirs. Stays inside. */
  'departure.overdue': { departure_id: string; userid: string; contacts: number; groups: number; subjects: number };
  /** Every item of a handover has come to an end. */
  'handover.ended': { handover_id: string; taken_over: number; not_taken_over: number };
  /** Somebody paid what was asked for. Told once for each payment. */
  'payment.received': {
    out_trade_no: string;
    transaction_id: string;
    /** What it was paid for. */
    object: string;
    object_id: string;
    amount_fen: number;
    currency: string;
  };
  'reconciliation.difference_confirmed': {
    run_id: string;
    difference_id: number;
    kind: string;
    userid: string | null;
    external_userid: string | null;
    chat_id: string | null;
    explanation: string;
  };
  /** Ids and codes only: who may see the finding asks for it. */
  'finding.raised': {
    finding_id: number;
    detector: string;
    severity: string;
    evidence_level: string;
    userid: string | null;
    external_userid: string | null;
    chat_id: string | null;
  };
  /** Messages of the archive were opened. Stays inside. */
  'archive.opened': { batch_id: number; messages: number };
  /** More of a message can be read than before: what a QR code in a picture says. Stays inside. */
  'archive.text_read': { message_id: number };
  'run.finished': { run_id: string; kind: string; state: string };
  /** An act was written to the audit trail. Stays inside. */
  'audit.recorded': {
    action: string;
    target: string;
    actor: string;
    result: string;
    address: string | null;
    detail: object;
  };
}

export type EventType = keyof EventData;

/** Something that happened, as it is told inside the transaction that stores it. */
export type DomainEvent = {
  [T in EventType]: { type: T; occurred_at: Date; data: EventData[T] };
}[EventType];
