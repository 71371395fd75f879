import type { Database } from '../../src/db/database';
import type { AccessService } from '../../src/features/kernel/access';
import type { Viewer } from '../../src/http/permissions';

interface Place {
  access: AccessService;
  db: Database;
}

interface Wanted {
  roles: readonly string[];
  name?: string;
  userid?: string;
  /** Whether a second factor was shown a moment ago. Default true. */
  withFactor?: boolean;
}

export interface Person {
  id: string;
  viewer: Viewer;
  sessionId: string;
  /** What the console sends with each request. */
  headers: Record<string, string>;
}

/** Somebody in a browser, who came by WeCom unless they brought no second factor. */
export async function aPerson({ access, db }: Place, { roles, name = roles.join(), ...more }: Wanted): Promise<Person> {
  const { id } = await access.createUser({ name, roles, userid: more.userid });
  return { id, ...(await signedIn({ access, db }, id, more.withFactor)) };
}

/** A further session of an account. */
export async function signedIn({ access, db }: Place, id: string, withFactor = true): Promise<Omit<Person, 'id'>> {
  const account = await access.accounts.find(id);
  if (!account) throw new Error('there is no such account');
  const opening = { address: '127.0.0.1', method: withFactor ? 'wecom' : 'link', withFactor } as const;
  const { viewer, sessionId } = await db.transact(() => access.sessions.open(account, opening));
  return { viewer, sessionId, headers: { cookie: `scrm_session=${sessionId}`, 'x-requested-with': 'scrm' } };
}
