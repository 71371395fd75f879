import type { Entities } from '../../../db/data-source';
import type { Route } from '../../../http/route';
import { doctorRoutes } from './doctor/doctor.routes';
import type { Doctor } from './doctor/doctor.service';
import { PlatformNote, Setting, SettingVersion } from './settings.entity';
import { settingsRoutes } from './settings.routes';
import type { SettingsService } from './settings.service';

export const settingsFeature = {
  name: 'settings',
  entities: [Setting, SettingVersion, PlatformNote] as Entities,
  routes: (services: { settings: SettingsService; doctor: Doctor }): Route[] => [
    ...settingsRoutes(services),
    ...doctorRoutes(services),
  ],
};
export type { DoctorReport } from './doctor/doctor.schema';
export { createDoctor } from './doctor/doctor.service';
export { createLiveSettings, type LiveSettings } from './live-settings';
export { createOwnAddress, type OwnAddress } from './own-address';
export { createPlatformNotes } from './platform-notes';
export { createSettingsService } from './settings.service';
export { verifyFiles } from './verify-files';
