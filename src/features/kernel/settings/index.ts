import type { Entities } from '../../../db/data-source';
import { PlatformNote, Setting, SettingVersion } from './settings.entity';
import { settingsRoutes } from './settings.routes';

export const settingsFeature = {
  name: 'settings',
  entities: [Setting, SettingVersion, PlatformNote] as Entities,
  routes: settingsRoutes,
};
export { createLiveSettings, type LiveSettings } from './live-settings';
export { createSettingsService } from './settings.service';
