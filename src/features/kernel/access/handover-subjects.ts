import { actorOf } from '../../../http/permissions';
import type { HandoverSubject } from '../../handover/departures';
import type { AccessService } from './access.service';

/** Tokens that stand for somebody. What used one needs a new one, of whoever answers for it from now on. */
export const createApiTokenSubject = (
  access: Pick<AccessService, 'liveTokensOf' | 'revokeToken'>,
): HandoverSubject => ({
  kind: 'api_token',

  async of({ id }) {
    const rows = await access.liveTokensOf(id);
    return rows.map((row) => ({ id: row.id, title: row.name, link: '/access?tab=tokens', movable: true }));
  },

  async hand(id, _to, { viewer }) {
    await access.revokeToken(id, actorOf(viewer));
    return 'ended';
  },
});

/**
 * Accounts that still let somebody in. With a departure they shut by themselves: one that is shown although its member
 * has left is a fault, and is for whoever keeps the accounts.
 */
export const createAccountSubject = ({ accounts, sessions }: Pick<AccessService, 'accounts' | 'sessions'>) =>
  ({
    kind: 'account',

    async of({ id }) {
      const own = await accounts.ofStaff(id);
      const open = await Promise.all(own.map((account) => sessions.mayOpen(account)));
      return own
        .filter((_, i) => open[i])
        .map((account) => ({ id: account.id, title: account.name, link: '/access', movable: false }));
    },

    hand: async () => 'left',
  }) satisfies HandoverSubject;
