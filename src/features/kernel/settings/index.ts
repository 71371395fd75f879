import type { Entities } from '../../../db/data-source';
import { Setting } from './settings.entity';
import { settingsRoutes } from './settings.routes';

export const settingsFeature = { name: 'settings', entities: [Setting] as Entities, routes: settingsRoutes };
export { createLiveSettings, type LiveSettings } from './live-settings';
export { createSettingsService } from './settings.service';
