import { settingsRoutes } from './settings.routes';

export const settingsFeature = { name: 'settings', entities: [], routes: settingsRoutes };
export { createSettingsService } from './settings.service';
