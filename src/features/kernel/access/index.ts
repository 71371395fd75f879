import type { Entities } from '../../../db/data-source';
import { Account, ApiToken, Session, SignInLink } from './access.entity';
import { accessRoutes } from './access.routes';
import { LocalPassword, RecoveryCode, SignInAttempts, SignInState, TotpFactor } from './sign-in.entity';
import { userRoutes } from './users.routes';
import type { UserService } from './users.service';

export { type AccessService, createAccessService } from './access.service';
export { authenticate, authenticateAgain } from './authenticate';
export { createLocalSignIn, type LocalSignIn } from './local-sign-in';
export { memberWatch, memberWatchJob } from './member-watch';
export { createUserService, type UserService } from './users.service';
export { createWecomSignIn, type WecomSignIn } from './wecom-sign-in';

type Services = Parameters<typeof accessRoutes>[0] & { users: UserService };

export const accessFeature = {
  name: 'access',
  entities: [
    Account,
    SignInLink,
    Session,
    ApiToken,
    SignInState,
    SignInAttempts,
    LocalPassword,
    TotpFactor,
    RecoveryCode,
  ] as Entities,
  routes: (services: Services) => [...accessRoutes(services), ...userRoutes(services)],
};
