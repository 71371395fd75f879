import type { Entities } from '../../../db/data-source';
import { Account, ApiToken, Session, SignInLink } from './access.entity';
import { accessRoutes } from './access.routes';
import { CustomRole, CustomRoleVersion } from './custom-role.entity';
import type { CustomRoles } from './custom-roles';
import { roleRoutes } from './custom-roles.routes';
import { LocalPassword, OidcIdentity, RecoveryCode, SignInAttempts, SignInState, TotpFactor } from './sign-in.entity';
import { userRoutes } from './users.routes';
import type { UserService } from './users.service';

export { type AccessService, createAccessService } from './access.service';
export { authenticate, authenticateAgain } from './authenticate';
export { type CustomRoles, createCustomRoles } from './custom-roles';
export { createAccountSubject, createApiTokenSubject } from './handover-subjects';
export { createLocalSignIn, type LocalSignIn } from './local-sign-in';
export { memberWatch, memberWatchJob } from './member-watch';
export { createOidcSignIn, type OidcSignIn } from './oidc-sign-in';
export { signInPath } from './sign-in';
export { createUserService, type UserService } from './users.service';
export { createWecomSignIn, type WecomSignIn } from './wecom-sign-in';

type Services = Parameters<typeof accessRoutes>[0] & { users: UserService; customRoles: CustomRoles };

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
    OidcIdentity,
    CustomRole,
    CustomRoleVersion,
  ] as Entities,
  routes: (services: Services) => [...accessRoutes(services), ...userRoutes(services), ...roleRoutes(services)],
};
