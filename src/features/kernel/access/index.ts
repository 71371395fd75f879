import type { Entities } from '../../../db/data-source';
import { Account, ApiToken, Session, SignInLink } from './access.entity';
import { accessRoutes } from './access.routes';

export { type AccessService, createAccessService } from './access.service';
export { authenticate } from './authenticate';

export const accessFeature = {
  name: 'access',
  entities: [Account, SignInLink, Session, ApiToken] as Entities,
  routes: accessRoutes,
};
