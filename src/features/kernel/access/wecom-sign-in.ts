import type { Config } from '../../../../config';
import { type Clock, seconds } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { Role } from '../../../http/roles';
import { isUniqueViolation } from '../../../jobs/sql';
import type { Wecom } from '../../../wecom';
import { isErrcode, WecomError } from '../../../wecom';
import type { AuditService } from '../audit';
import type { Staff, StaffService } from '../staff';
import type { Account } from './access.entity';
import type { AccessService } from './access.service';
import { createJourneys, type Journey, Refused } from './journeys';
import { isSidebar } from './return-path';
import type { OpenedSession } from './sessions';
import { wecomPlace } from './wecom-places';

interface Deps {
  config: Pick<Config, 'http' | 'wecom'>;
  db: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
  access: Pick<AccessService, 'accounts' | 'sessions'>;
  staff: Pick<StaffService, 'store'>;
  wecom: Pick<Wecom, 'signIn' | 'directory'>;
  /** Of the self-built app; asked at every sign-in. */
  agentId: () => number | undefined;
  corpId: () => string;
  /** How long WeCom may take. */
  patienceMs?: number;
}

/** What a member may do whose account is made by their first sign-in. */
const firstRoles = { everybody: ['sales'], leaders: ['sales', 'sales_manager'] } as const satisfies Record<
  string,
  readonly Role[]
>;

/** WeCom's own status of a member. */
const active = 1;

type Arrived = NonNullable<Awaited<ReturnType<Journey['comeBack']>>>;

export type WecomSignIn = Journey & { isOffered(): boolean };

/** Signing in by WeCom (S8), silently inside its client, by QR code elsewhere. Whoever is refused learns only that. */
export function createWecomSignIn(deps: Deps): WecomSignIn {
  const { config, agentId, corpId } = deps;
  const journeys = createJourneys(deps, 'wecom');
  const identify = createIdentify(deps);
  const admit = createAdmit(deps);

  return {
    isOffered: () => agentId() !== undefined && corpId() !== '',

    setOut: ({ returnTo, host, userAgent, address }) =>
      journeys.guarded({ address }, async () => {
        const agent = agentId();
        if (agent === undefined || corpId() === '') throw new Refused('not_configured');
        const { state, browser, redirectUri } = await journeys.begin({ returnTo, host });
        const inWecom = /wxwork/i.test(userAgent) || isSidebar(returnTo);
        return {
          url: wecomPlace({ ...config.wecom, corpId: corpId() }, { state, redirectUri, inWecom, agentId: agent }),
          browser,
        };
      }),

    async comeBack(back) {
      let wanted: string | undefined;
      const enter = async (): Promise<Arrived> => {
        const { returnTo } = await journeys.end(back);
        wanted = returnTo;
        const { code } = back.query;
        if (!code) throw new Refused('code_missing');
        const { sessionId } = await admit(await identify(code), back.address);
        if (back.replaces) await deps.access.sessions.end(back.replaces, back.address);
        return { returnTo, sessionId };
      };
      return journeys.guarded(back, enter, () =>
        wanted === undefined ? undefined : { returnTo: wanted, isRefused: true },
      );
    },
  };
}

/** A member as our directory knows them. */
interface Member {
  row: Staff;
  leads: boolean;
}

/** Who brought the code. Visible is whom WeCom shows to the app, active whom WeCom calls so at this moment. */
function createIdentify({ wecom, staff, patienceMs = seconds(8) }: Deps) {
  const options = () => ({ lane: 'click', signal: AbortSignal.timeout(patienceMs) }) as const;

  async function known(userid: string): Promise<Member> {
    const [row] = await staff.store.byKeys([userid]);
    if (!row || row.status === 'unknown') throw new Refused('unknown_member');
    if (row.departed_at !== null || row.status !== 'active') throw new Refused(`member_${row.status}`);
    const places = await staff.store.places([row.id]);
    return { row, leads: places.some((place) => place.is_leader) };
  }

  return async (code: string): Promise<Member> => {
    const identity = await wecom.signIn.identify(code, options()).catch(refuseFault);
    if (identity.kind !== 'staff') throw new Refused('outsider');
    const member = await known(identity.userid);
    const shown = await wecom.directory.staff(member.row.userid, options()).catch(refuseFault);
    if (!shown) throw new Refused('not_visible');
    if (shown.status !== active) throw new Refused('not_active');
    return member;
  };
}

/** 60011: the member stands outside the app's visible range. */
function refuseFault(error: unknown): never {
  if (isErrcode(error, [60011])) throw new Refused('not_visible');
  throw new Refused(error instanceof WecomError ? `errcode_${error.errcode}` : 'wecom_unreachable');
}

/** Opens a session on the member's account, which the first sign-in makes. */
function createAdmit({ db, access: { accounts, sessions } }: Deps) {
  async function accountOf({ row, leads }: Member): Promise<Account> {
    const held = await accounts.ofStaff(row.id);
    for (const account of held) if (await sessions.mayOpen(account)) return account;
    if (held.length > 0) throw new Refused('account_disabled');
    const roles = leads ? firstRoles.leaders : firstRoles.everybody;
    // The account takes the member's id: two first sign-ins at once cannot make two.
    return accounts.create({
      ...{ id: row.id, name: row.name ?? row.userid, roles, userid: row.userid },
      actor: `staff:${row.id}`,
    });
  }

  const open = (member: Member, address: string): Promise<OpenedSession> =>
    db.transact(async () => sessions.open(await accountOf(member), { address, method: 'wecom', withFactor: true }));

  return (member: Member, address: string): Promise<OpenedSession> =>
    open(member, address).catch((error: unknown) => {
      if (isUniqueViolation(error)) return open(member, address);
      throw error;
    });
}
