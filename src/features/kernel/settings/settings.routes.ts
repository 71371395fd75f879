import { get, post, type Route } from '../../../http/route';
import { settingsTest, settingsView } from './settings.schema';
import type { SettingsService } from './settings.service';

export const settingsRoutes = ({ settings }: { settings: SettingsService }): Route[] => [
  get('/settings', { can: 'settings:read', about: 'What is configured, and where from', returns: settingsView }, () =>
    settings.view(),
  ),
  post(
    '/settings/tests',
    { can: 'settings:test', about: 'Ask WeCom for a token with each secret', returns: settingsTest },
    () => settings.test(),
  ),
];
