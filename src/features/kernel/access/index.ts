import type { Entities } from '../../../db/data-source';
import { Account, ApiToken, Session, SignInLink } from './access.entity';
import { accessRoutes } from './access.routes';
import type { AccessService } from './access.service';
import { userRoutes } from './users.routes';
import type { UserService } from './users.service';

export { type AccessService, createAccessService } from './access.service';
export { authenticate } from './authenticate';
export { memberWatch, memberWatchJob } from './member-watch';
export { createUserService, type UserService } from './users.service';

export const accessFeature = {
  name: 'access',
  entities: [Account, SignInLink, Session, ApiToken] as Entities,
  routes: (services: { access: AccessService; users: UserService }) => [
    ...accessRoutes(services),
    ...userRoutes(services),
  ],
};
