import { type Database, type Row, toDate } from '../../../db/database';
import type { JobHandler, JobQueue } from '../../../jobs';
import type { RecordData } from '../../../records';
import type { DomainEvents, EventListener } from '../../kernel/events';
import type { Contacts } from '../contacts';
import type { Leads } from './leads.service';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  events: Pick<DomainEvents, 'listen'>;
  leads: Leads;
  contacts: Contacts;
}

const kind = 'leads.intake';
const actor = 'system:wecom';

interface Added {
  id: string;
  spell: number;
  external_userid: string;
  staff_id: string;
  started_at: Date;
  name: string;
  corp_name: string | null;
  remark: string | null;
  remark_corp_name: string | null;
  channel: string | null;
  add_way: number | null;
}

export type WecomIntake = ReturnType<typeof createWecomIntake>;

/**
 * Whoever is added in WeCom for the first time becomes a lead of that member, unless we know them (WCM-09, LEA-01): a contact
 * with one of the noted mobile numbers is linked, an open lead gets one more touch. Told of by an event; a full read
 * makes no leads.
 */
export function createWecomIntake({ db, queue, events, leads, contacts }: Deps) {
  events.listen(listener(queue));

  const take = (relationId: string): Promise<void> =>
    db.transact(async () => {
      const added = await addedBy(db, relationId);
      if (!added || (await contacts.ofExternal(added.external_userid))) return;
      const [known, ...others] = await contactsWithNumbersOf(db, relationId);
      if (known !== undefined && others.length === 0) await link(known, added.external_userid);
      else await touchLead(added);
    });

  async function touchLead(added: Added): Promise<void> {
    const lead = (await leads.openOf(added.external_userid)) ?? (await leadOf(added));
    const key = `added:${added.id}:${added.spell}`;
    if (lead) await leads.touch(lead, { kind: 'wecom_added', at: added.started_at, key }, { actor });
  }

  const link = async (contactId: string, externalUserid: string): Promise<void> =>
    void (await contacts.records.act(
      contactId,
      { external_userid: externalUserid },
      { kind: 'linked', by: { actor } },
    ));

  async function leadOf(added: Added): Promise<RecordData | undefined> {
    if (!(await isFirst(db, added))) return undefined;
    const company = added.remark_corp_name || added.corp_name;
    const person = added.remark || added.name || added.external_userid;
    const name = (company ? `${company} · ${person}` : person).slice(0, 200);
    return leads.records.create(
      {
        ...{ name, contact_name: person.slice(0, 60), company: company || null },
        ...{ external_userid: added.external_userid, source: sourceOf(added), state_code: added.channel || null },
      },
      { actor },
      { owner_id: added.staff_id },
    );
  }

  return {
    handler: (): JobHandler => ({
      kind,
      handle: ({ payload }) => take(String(payload.relation_id)),
    }),
  };
}

const listener = (queue: Pick<JobQueue, 'add'>): EventListener => ({
  wanted: async (types) => types.filter((type) => type === 'relation.added'),
  hear: (events) =>
    queue.add(
      events.flatMap((event) =>
        event.type === 'relation.added' && event.data.source === 'event'
          ? [
              {
                ...{ kind, lane: 'event' as const, payload: { relation_id: event.data.relation_id } },
                serialKey: `${kind}:${event.data.external_userid}`,
              },
            ]
          : [],
      ),
    ),
});

async function addedBy(db: Database, relationId: string): Promise<Added | undefined> {
  const [row] = await db.query<Row>(
    `SELECT r.id, r.spell, r.external_userid, r.staff_id, r.started_at, r.remark, r.remark_corp_name, r.channel,
       r.add_way, e.name, e.corp_name
     FROM relation r JOIN external_contact e ON e.external_userid = r.external_userid
     WHERE r.id = ? AND e.erased_at IS NULL AND r.state IN ('active', 'half')`,
    [relationId],
  );
  return row && ({ ...row, started_at: toDate(row.started_at) } as unknown as Added);
}

/** Whoever a colleague had before, or had themselves, is nobody new: a transfer brings no leads. */
async function isFirst(db: Database, { id, spell, external_userid }: Added): Promise<boolean> {
  const sql = 'SELECT id FROM relation WHERE external_userid = ? AND id <> ? LIMIT 1';
  return Number(spell) === 1 && (await db.query(sql, [external_userid, id])).length === 0;
}

/** Contacts that are nobody in WeCom yet and have a mobile number that a member noted of this person. */
async function contactsWithNumbersOf(db: Database, relationId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT DISTINCT c.id FROM relation_phone p
     JOIN record_lookup k ON k.kind = 'phone' AND k.hash = p.phone_hash AND k.object = 'contact'
     JOIN contact c ON c.id = k.record_id
     WHERE p.relation_id = ? AND c.external_userid IS NULL AND c.deleted_at IS NULL LIMIT 2`,
    [relationId],
  );
  return rows.map(({ id }) => id);
}

/** By the contact way they came, or how else they were added. */
const sourceOf = ({ channel, add_way }: Added): string => {
  if (channel) return 'wecom_contact_way';
  return Number(add_way) === 4 ? 'wecom_group' : 'wecom_added';
};
