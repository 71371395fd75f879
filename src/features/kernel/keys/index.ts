import { keyRoutes } from './keys.routes';

export { createKeyService, type KeyService } from './keys.service';
export { createPlainTextSealing, type PlainRows } from './plain-text';

export const keysFeature = { name: 'keys', entities: [], routes: keyRoutes };
