import { insertRows } from '../../../db/bulk';
import { type Database, type Row, toDate } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import { fieldFault, type Person, type RecordData, type Records, type RecordView, type Writer } from '../../../records';
import type { Contacts } from '../contacts';
import type { Customers } from '../customers';
import type { touchKinds } from './lead.entity';
import { leadType } from './lead.type';
import { assertWay, leadRules } from './lead-rules';
import type { Conversion, NewTouch } from './leads.schema';

interface Deps {
  db: Database;
  records: Pick<Records, 'open'>;
  staff: { idOf(userid: string, path: string): Promise<string> };
  customers: Customers;
  contacts: Contacts;
  namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What happened with a lead; `key` names what is noted once only. */
export interface Touch {
  kind: (typeof touchKinds)[number];
  at: Date;
  note?: string | undefined;
  key?: string | undefined;
}

export type Leads = ReturnType<typeof createLeads>;

/** From the first touch to a customer (LEA-01 … LEA-04). */
export function createLeads({ db, records, staff, customers, contacts, namesOf }: Deps) {
  const service = records.open(
    leadType,
    leadRules(() => db.now()),
  );
  const view = (record: RecordData, { viewer }: Person): Promise<RecordView> => service.views.one(record, viewer);

  /** Notes it, and moves the lead on where a real talk does (LEA-04). Inside a transaction. */
  async function touch(lead: RecordData, { kind, at, note, key }: Touch, by: Writer): Promise<RecordData> {
    if (!(await isNews(lead, { kind, at, note, key }, by))) return lead;
    const last = lead.last_touch_at as Date | null;
    const moved = talks.has(kind) ? afterTalk(lead, at) : {};
    return service.act(lead.id, { ...moved, last_touch_at: last && last > at ? last : at }, { kind: 'touched', by });
  }

  /** Notes it. @returns false when it is noted already */
  async function isNews(lead: RecordData, { kind, at, note, key }: Touch, { actor }: Writer): Promise<boolean> {
    const columns = ['lead_id', 'kind', 'at', 'actor', 'note', 'touch_key'];
    const known = key && (await db.query('SELECT id FROM lead_touch WHERE touch_key = ?', [key])).length > 0;
    if (known) return false;
    await insertRows(db, { table: 'lead_touch', columns }, [[lead.id, kind, at, actor, note ?? null, key ?? null]]);
    return true;
  }

  async function convert(lead: RecordData, input: Conversion, by: Person): Promise<RecordData> {
    const made = await customerFor(lead, input, by);
    const known = lead.external_userid ? await contacts.ofExternal(String(lead.external_userid)) : undefined;
    const contactId =
      known ?? (await contacts.records.create(contactFrom(lead, made), { actor: by.actor }, ownerOf(lead))).id;
    const set = { status: 'converted', converted_customer_id: made, converted_contact_id: contactId };
    return service.act(lead.id, set, { kind: 'converted', by });
  }

  async function customerFor(lead: RecordData, { customer_id, customer }: Conversion, by: Person): Promise<string> {
    if (customer_id !== undefined) {
      if (!(await customers.records.isVisible(customer_id, by.viewer))) throw fieldFault('customer_id', 'unknown');
      return customer_id;
    }
    const { source, industry, region_code } = lead;
    const name = lead.company ?? lead.contact_name ?? lead.name;
    const taken = { name, source, industry, region_code, ...customer };
    return (await customers.records.create(taken, { actor: by.actor }, ownerOf(lead))).id;
  }

  return {
    records: service,
    touch,

    /** To somebody of the viewer's line. @throws record.not_found, read_only_for_you, http.validation */
    assign: (id: string, { userid, reason }: { userid: string; reason?: string | undefined }, by: Person) =>
      db.transact(async () => {
        const lead = await service.editable(id, by.viewer);
        if (lead.status === 'discarded') assertWay(lead.status, 'assigned');
        const owner = await staff.idOf(userid, 'userid');
        if (owner === lead.owner_id) throw fieldFault('userid', 'no_change', 'It is theirs already');
        return view(await service.act(id, { owner_id: owner }, { kind: 'assigned', by, reason }), by);
      }),

    /** @throws record.not_found, bad_transition, http.validation while something of the checklist is open */
    qualify: (id: string, by: Person) =>
      db.transact(async () => {
        const lead = await service.editable(id, by.viewer);
        assertWay(lead.status, 'qualified');
        const checklist = (lead.checklist ?? {}) as Record<string, boolean>;
        const open = ['need', 'budget', 'authority', 'timing'].filter((point) => !checklist[point]);
        if (open.length > 0) throw fieldFault('checklist', 'required', open.join(', '));
        return view(await service.act(id, { status: 'qualified' }, { kind: 'qualified', by }), by);
      }),

    /** @throws record.not_found, bad_transition */
    discard: (id: string, { reason }: { reason: string }, by: Person) =>
      db.transact(async () => {
        const lead = await service.editable(id, by.viewer);
        assertWay(lead.status, 'discarded');
        const set = { status: 'discarded', closing_reason: reason };
        return view(await service.act(id, set, { kind: 'discarded', by, reason }), by);
      }),

    /**
     * One transaction: a customer, new or one that is there, and a contact; the lead is read-only from then on. Done
     * already, it answers the same again (LEA-02). @throws record.not_found, bad_transition, duplicate, http.validation
     */
    convert: (id: string, input: Conversion, by: Person) =>
      db.transact(async () => {
        const lead = await service.editable(id, by.viewer);
        if (lead.status === 'converted') return view(lead, by);
        assertWay(lead.status, 'converted');
        return view(await convert(lead, input, by), by);
      }),

    /** @throws record.not_found, http.validation for one that lies ahead */
    logTouch: (id: string, { kind, at = db.now(), note }: NewTouch, by: Person) =>
      db.transact(async () => {
        const lead = await service.editable(id, by.viewer);
        if (at > db.now()) throw fieldFault('at', 'range', 'Must not lie ahead');
        return view(await touch(lead, { kind, at, note }, by), by);
      }),

    /** Newest first. @throws record.not_found */
    async touches(id: string, viewer: Viewer) {
      await service.visible(id, viewer);
      const sql = 'SELECT * FROM lead_touch WHERE lead_id = ? ORDER BY at DESC, id DESC LIMIT 200';
      const rows = await db.query<Row>(sql, [id]);
      const names = await namesOf(rows.map(({ actor }) => String(actor)));
      return rows.map((row) => ({
        ...{ actor_name: names.get(String(row.actor)) ?? null },
        ...{ id: Number(row.id), kind: String(row.kind), actor: String(row.actor), at: iso(toDate(row.at)) },
        note: row.note == null ? null : String(row.note),
      }));
    },

    /** Forgets a person (S23): what stands in their leads and what was noted of talks. @returns how many leads */
    forget: (externalUserid: string): Promise<number> =>
      db.transact(async () => {
        const of = 'SELECT id FROM sales_lead WHERE external_userid = ?';
        await db.execute(`UPDATE lead_touch SET note = NULL WHERE lead_id IN (${of})`, [externalUserid]);
        return service.forget('external_userid', externalUserid);
      }),

    /** The open lead of an external contact, if there is one. */
    async openOf(externalUserid: string): Promise<RecordData | undefined> {
      const sql = `SELECT id FROM sales_lead WHERE external_userid = ? AND deleted_at IS NULL
        AND status NOT IN ('converted', 'discarded')`;
      const [row] = await db.query<{ id: string }>(sql, [externalUserid]);
      return row && service.find(row.id);
    },
  };
}

const talks = new Set(['talk', 'visit', 'call']);

/** The first real talk moves a lead on, and stops the clock of the first response. */
const afterTalk = ({ status, first_response_at }: RecordData, at: Date) => ({
  status: status === 'assigned' ? 'contacted' : status,
  first_response_at: first_response_at ?? at,
});

const ownerOf = ({ owner_id }: RecordData) => ({ owner_id });

function contactFrom(lead: RecordData, customerId: string) {
  const { phones, email, external_userid, contact_name, name, remark } = lead;
  return {
    name: String(contact_name ?? name).slice(0, 60),
    customer_id: customerId,
    is_primary: true,
    mobiles: phones,
    business_email: email,
    external_userid,
    remark,
  };
}
