import { privacyRoutes } from './privacy.routes';

export { createPrivacyService, type PrivacyService } from './privacy.service';

export const privacyFeature = { name: 'privacy', entities: [], routes: privacyRoutes };
