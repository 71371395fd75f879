import type { Context } from 'koa';
import { z } from 'zod';
import { actorOf, type Viewer } from '../../../http/permissions';
import { del, get, post, put, type Route } from '../../../http/route';
import type { Editor } from './settings.editor';
import { newValue, settingParam, settingsTest, settingsView, settingView } from './settings.schema';
import type { SettingsService } from './settings.service';

export const settingsRoutes = ({ settings }: { settings: SettingsService }): Route[] => [
  get('/settings', { can: 'settings:read', about: 'What is configured, and where from', returns: settingsView }, () =>
    settings.view(),
  ),
  put(
    '/settings/:name',
    {
      can: 'settings:write',
      about: 'Set what the environment leaves open; it counts in every process within seconds',
      freshFactor: true,
      params: settingParam,
      body: newValue,
      returns: settingView,
    },
    ({ params, body, ...who }) => settings.set(params.name, body.value, editorOf(who)),
  ),
  del(
    '/settings/:name',
    {
      can: 'settings:write',
      about: 'Clear what was set here',
      freshFactor: true,
      params: settingParam,
      returns: z.null(),
      status: 204,
    },
    async ({ params, ...who }) => {
      await settings.clear(params.name, editorOf(who));
      return null;
    },
  ),
  post(
    '/settings/tests',
    { can: 'settings:test', about: 'Ask WeCom for a token with each secret', returns: settingsTest },
    () => settings.test(),
  ),
];

const editorOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): Editor => ({
  actor: actorOf(viewer),
  address: ctx.ip,
});
