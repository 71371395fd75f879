import type { Entities } from '../../../db/data-source';
import { Account, ApiToken, Session, SignInLink } from './access.entity';
import { accessRoutes } from './access.routes';
import { LocalPassword, RecoveryCode, SignInAttempts, SignInState, TotpFactor } from './sign-in.entity';

export { type AccessService, createAccessService } from './access.service';
export { authenticate, authenticateAgain } from './authenticate';
export { createLocalSignIn, type LocalSignIn } from './local-sign-in';
export { createWecomSignIn, type WecomSignIn } from './wecom-sign-in';

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
  routes: accessRoutes,
};
