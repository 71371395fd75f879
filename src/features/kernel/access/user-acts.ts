import { z } from 'zod';
import type { Viewer } from '../../../http/permissions';
import type { ApprovalService } from '../approvals';
import type { Account } from './access.entity';
import { type NewUser, newUser, type RolesBody, rolesBody } from './users.schema';

/** The acts on users and tokens that may need a second person. */
export type UserAct = 'user.create' | 'user.change_roles' | 'api_token.issue';

const changedRoles = rolesBody.extend({ id: z.string().min(1).max(64) });

/** What the acts stand on. */
interface Hands {
  assertRoles(body: Pick<NewUser, 'roles' | 'expires_at'> | RolesBody): Promise<void>;
  known(id: string): Promise<Account>;
  staffIdOf(userid: string | undefined): Promise<string | null>;
  create(body: NewUser, viewer: Viewer): Promise<object>;
  changeRoles(id: string, body: RolesBody, viewer: Viewer): Promise<object>;
  issueToken(body: NewUser, viewer: Viewer): Promise<object>;
}

const mayAsk = { asks: 'access:write', decides: 'access:approve' } as const;
const staffOf = (id: string | null): string[] => (id === null ? [] : [`staff:${id}`]);

/** Makes the acts known to those who approve. Whoever gets the roles may not decide. */
export function defineUserActs(approvals: Pick<ApprovalService, 'define'>, hands: Hands): void {
  async function describeNew(target: string, body: NewUser) {
    await hands.assertRoles(body);
    return { target, subject: body.name, gains: staffOf(await hands.staffIdOf(body.userid)) };
  }
  const key = (act: UserAct): UserAct => act;

  approvals.define<NewUser>({
    ...{ key: key('user.create'), ...mayAsk, payload: newUser },
    describe: (body) => describeNew('account:', body),
    execute: (body, { viewer }) => hands.create(body, viewer),
  });
  approvals.define<z.output<typeof changedRoles>>({
    ...{ key: key('user.change_roles'), ...mayAsk, payload: changedRoles },
    async describe({ id, ...body }) {
      await hands.assertRoles(body);
      const { name, staff_id } = await hands.known(id);
      return { target: `account:${id}`, subject: name, gains: [`account:${id}`, ...staffOf(staff_id)] };
    },
    execute: ({ id, ...body }, { viewer }) => hands.changeRoles(id, body, viewer),
  });
  approvals.define<NewUser>({
    ...{ key: key('api_token.issue'), ...mayAsk, payload: newUser },
    describe: (body) => describeNew('token:', body),
    execute: (body, { viewer }) => hands.issueToken(body, viewer),
  });
}
