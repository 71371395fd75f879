import type { Role } from '../../../../src/http/roles';
import { type Json, type SystemAtTest, startSystemAtTest } from '../../../support/system';
import { foundCompany, move, people, staffId } from './company';

let at: SystemAtTest;
const tokens = new Map<string, string>();

beforeEach(async () => {
  tokens.clear();
  at = await startSystemAtTest({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
  await foundCompany(at);
  await at.system.services.reporting.refresh();
});
afterEach(() => at.stop());

/** Asks as a member of the company, in one role. */
async function as(name: string | null, role: Role, path: string, body?: object) {
  return ask({ name, role, path, method: body ? 'POST' : 'GET', ...(body ? { body } : {}) });
}

interface Asked {
  name: string | null;
  role: Role;
  method: string;
  path: string;
  body?: object;
}

async function ask({ name, role, method, path, body }: Asked) {
  const { access } = at.system.services;
  const key = `${name} ${role}`;
  const token =
    tokens.get(key) ?? (await access.issueToken({ name: key, roles: [role], userid: name ?? undefined })).token;
  tokens.set(key, token);
  const answer = await fetch(`${at.system.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Json };
}

/** Managers lead, the others sell. */
const roleOf = (name: string): Role => (['Chen', 'Sun', 'Wu'].includes(name) ? 'sales' : 'sales_manager');
const mine = (name: string, path: string) => as(name, roleOf(name), path);
const open = async (name: string) => (await mine(name, 'external-contacts/wmChen')).status;
const listed = async (name: string, query = '') => {
  const { body } = await mine(name, `external-contacts${query}`);
  return body.items.map((one: Json) => one.external_userid).sort();
};
const searched = async (name: string, body: object) => {
  const { items } = (await as(name, roleOf(name), 'external-contacts/search', body)).body;
  return items.map((one: Json) => one.external_userid).sort();
};
/** Whose external contacts somebody sees, by every way there is. */
async function seen(name: string): Promise<string[]> {
  const contacts = await listed(name);
  const relations = (await mine(name, 'relations')).body.items.map((one: Json) => one.external_userid).sort();
  const counted = (await mine(name, 'overview')).body.counts;
  const opened: string[] = [];
  for (const other of people) {
    const statuses = [];
    for (const path of ['', '/history', '/collaborators']) {
      statuses.push((await mine(name, `external-contacts/wm${other}${path}`)).status);
    }
    expect([200, 404]).toContain(statuses[0]);
    expect(new Set(statuses).size).toBe(1);
    if (statuses[0] === 200) opened.push(`wm${other}`);
  }
  expect(relations).toEqual(contacts);
  expect(opened.sort()).toEqual(contacts);
  expect([counted.external_contacts, counted.relations.active]).toEqual([contacts.length, contacts.length]);
  return contacts.map((id: string) => id.slice(2));
}
const nextMonth = () => new Date(at.db.now().getTime() + 30 * 86_400_000).toISOString();

describe('PLT-01 S9 the reporting tree (crm-features §4.6)', () => {
  test('Chen, Zhao, Li, Wang open K: 200', async () => {
    expect(await Promise.all(['Chen', 'Zhao', 'Li', 'Wang'].map(open))).toEqual([200, 200, 200, 200]);
  });

  test('Sun, Qian, Wu open K: 404; list, count and search exclude it', async () => {
    for (const name of ['Sun', 'Qian', 'Wu']) {
      expect([name, await open(name)]).toEqual([name, 404]);
      expect(await listed(name)).not.toContain('wmChen');
      for (const q of ['KChen', 'secret']) {
        expect(await listed(name, `?q=${q}`)).not.toContain('wmChen');
        expect(await searched(name, { q })).not.toContain('wmChen');
      }
      for (const query of ['?userid=Chen', '?state=active&userid=Chen']) expect(await listed(name, query)).toEqual([]);
      expect((await mine(name, 'relations?external_userid=wmChen')).body.items).toEqual([]);
    }
  });

  test('S15 a search in a body finds what the list finds by the same filters', async () => {
    for (const filters of [{}, { q: 'KChen' }, { userid: 'Chen', state: 'active' }, { mobile: '13800001111' }]) {
      const query = `?${new URLSearchParams(filters as Record<string, string>)}`;
      expect(await searched('Zhao', filters)).toEqual(await listed('Zhao', query));
    }
    expect(await searched('Zhao', { mobile: '+86 138 0000 1111' })).toEqual(['wmChen', 'wmSun', 'wmZhao']);
    const strange = await as('Zhao', 'sales_manager', 'external-contacts/search', { phone: '1' });
    expect([strange.status, strange.body.code]).toEqual([422, 'VALIDATION']);
  });

  test('every way to look shows each of the seven the same: their own and what is below them', async () => {
    expect(await seen('Chen')).toEqual(['Chen']);
    expect(await seen('Sun')).toEqual(['Sun']);
    expect(await seen('Wu')).toEqual(['Wu']);
    expect(await seen('Qian')).toEqual(['Qian', 'Wu']);
    expect(await seen('Zhao')).toEqual(['Chen', 'Sun', 'Zhao']);
    expect(await seen('Li')).toEqual(['Chen', 'Li', 'Qian', 'Sun', 'Wu', 'Zhao']);
    expect(await seen('Wang')).toEqual([...people].sort());
  });

  test('a group chat belongs to its owner, to every colleague in it, and to those above them', async () => {
    const statuses = await Promise.all(people.map(async (name) => (await mine(name, 'group-chats/wrOne')).status));
    expect(Object.fromEntries(people.map((name, n) => [name, statuses[n]]))).toEqual({
      ...{ Wang: 200, Li: 200, Zhao: 200, Chen: 200, Sun: 200, Qian: 404, Wu: 404 },
    });
    for (const name of ['Qian', 'Wu']) {
      expect((await mine(name, 'group-chats')).body.items).toEqual([]);
      expect((await mine(name, 'group-chats/wrOne/history')).status).toBe(404);
      expect((await mine(name, 'overview')).body.counts.group_chats).toBe(0);
    }
    expect((await mine('Sun', 'group-chats')).body.items).toHaveLength(1);
  });

  test('Chen moves to 二组: Qian sees K, Zhao does not', async () => {
    await move(at.db, 'Chen', 4);
    await at.system.services.reporting.refresh();
    expect([await open('Qian'), await open('Zhao'), await open('Li')]).toEqual([200, 404, 200]);
  });

  test('Zhao on leave, deputy Sun until the 1st: Sun sees 一组 until the 1st', async () => {
    const named = await as(null, 'security_admin', 'deputies', { userid: 'Zhao', deputy: 'Sun', until: nextMonth() });
    expect(named).toMatchObject({ status: 201, body: { superior: 'Sun', userid: 'Zhao', source: 'deputy' } });
    expect(await seen('Sun')).toEqual(['Chen', 'Sun', 'Zhao']);
    await at.db.execute('UPDATE reporting_reach SET until = ? WHERE until IS NOT NULL', [new Date('2026-01-01')]);
    expect(await seen('Sun')).toEqual(['Sun']);
  });

  test('edge Zhao→Chen and Chen→Zhao saved: 422 cycle', async () => {
    const line = (superior: string, userid: string) =>
      as(null, 'security_admin', 'reporting-edges', { superior, userid });
    expect((await line('Zhao', 'Chen')).status).toBe(201);
    expect(await line('Chen', 'Zhao')).toMatchObject({ status: 422, body: { fields: [{ rule: 'cycle' }] } });
    expect(await line('Wu', 'Wu')).toMatchObject({ status: 422, body: { fields: [{ rule: 'cycle' }] } });
    expect(await line('Nobody', 'Wu')).toMatchObject({ status: 422, body: { fields: [{ rule: 'unknown' }] } });
    expect(await seen('Chen')).toEqual(['Chen']);
  });

  test('a line drawn by hand widens what the superior sees, and taking it away narrows it', async () => {
    const { body } = await as(null, 'security_admin', 'reporting-edges', { superior: 'Qian', userid: 'Chen' });
    expect([await open('Qian'), await open('Zhao')]).toEqual([200, 200]);
    const [derived] = (await as(null, 'security_admin', 'reporting-edges?source=department')).body.items;
    const remove = (id: string) =>
      ask({ name: null, role: 'security_admin', method: 'DELETE', path: `reporting-edges/${id}` });
    expect(await remove(derived.id)).toMatchObject({ status: 409, body: { code: 'SCOPE_DERIVED_EDGE' } });
    expect((await remove(body.id)).status).toBe(204);
    expect(await open('Qian')).toBe(404);
  });

  test('S11 nobody draws the tree around themselves', async () => {
    for (const [superior, userid] of [
      ['Wu', 'Chen'],
      ['Chen', 'Wu'],
    ]) {
      const answer = await as('Wu', 'security_admin', 'reporting-edges', { superior, userid });
      expect(answer).toMatchObject({ status: 403, body: { code: 'SCOPE_OWN_LINE' } });
    }
  });

  test('Wu added read-only to K until Friday: K readable; Saturday 404', async () => {
    const share = (name: string, body: object) =>
      as(name, roleOf(name), 'external-contacts/wmChen/collaborators', body);
    expect((await share('Wu', { userid: 'Wu' })).status).toBe(404);
    expect((await share('Chen', { userid: 'Wu', until: '2020-01-01T00:00:00Z' })).body.fields[0]).toMatchObject({
      path: 'until',
      rule: 'range',
    });
    expect((await share('Chen', { userid: 'Wu', until: nextMonth() })).status).toBe(201);
    expect(await seen('Wu')).toEqual(['Chen', 'Wu']);
    expect((await share('Wu', { userid: 'Sun' })).body.code).toBe('EXTERNAL_CONTACT_NOT_YOURS');
    const shown = (await mine('Wu', 'external-contacts/wmChen')).body.relations[0];
    expect([shown.remark_mobiles, shown.description]).toEqual([['138****1111'], '***']);
    await at.db.execute('UPDATE collaborator SET until = ?', [new Date('2026-01-01')]);
    expect(await seen('Wu')).toEqual(['Wu']);
  });

  test('admin opens K without business role: 404', async () => {
    for (const role of ['system_admin', 'security_admin', 'finance'] as const) {
      const statuses = [];
      for (const path of ['external-contacts/wmChen', 'external-contacts', 'relations', 'group-chats']) {
        statuses.push((await as(null, role, path)).status);
      }
      expect([role, ...statuses]).toEqual([role, 404, 403, 403, 403]);
      expect((await as(null, role, 'overview')).body.counts).toMatchObject({ external_contacts: 0, group_chats: 0 });
    }
  });

  test('Chen disabled in WeCom: out at once, and Zhao still sees K', async () => {
    expect(await open('Chen')).toBe(200);
    await at.db.execute('UPDATE staff SET status = ? WHERE id = ?', ['disabled', staffId('Chen')]);
    await new Promise((resolve) => setTimeout(resolve, 5100));
    expect(await open('Chen')).toBe(401);
    await at.system.services.reporting.refresh();
    expect(await open('Zhao')).toBe(200);
  });

  test('a disabled superior leads nobody any more: the team falls to the next', async () => {
    await at.db.execute('UPDATE staff SET status = ? WHERE id = ?', ['disabled', staffId('Zhao')]);
    await at.system.services.reporting.refresh();
    expect(await seen('Li')).toContain('Chen');
    const above = (await as(null, 'security_admin', 'reporting-edges?userid=Chen')).body.items;
    expect(above.map((edge: Json) => edge.superior)).toEqual(['Li']);
  });
});

describe('PLT-02 S15 fields', () => {
  const phonesFor = async (name: string | null, role: Role) => {
    const { body } = await as(name, role, 'relations?external_userid=wmChen');
    return body.items[0]?.remark_mobiles;
  };

  test('phone numbers: read in the own line, masked for everybody else who sees the record', async () => {
    expect(await phonesFor('Chen', 'sales')).toEqual(['13800001111']);
    expect(await phonesFor('Zhao', 'sales_manager')).toEqual(['13800001111']);
    expect(await phonesFor('Chen', 'marketing')).toEqual(['138****1111']);
    expect(await phonesFor(null, 'compliance_officer')).toEqual(['138****1111']);
    expect(await phonesFor(null, 'auditor')).toEqual(['138****1111']);
  });

  test('a token of nobody: a head of sales sees all, a seller nothing', async () => {
    expect((await as(null, 'sales_manager', 'external-contacts')).body.items).toHaveLength(people.length);
    expect((await as(null, 'sales', 'external-contacts')).body.items).toEqual([]);
  });
});
