import type { Context } from 'koa';
import { z } from 'zod';
import { actorOf, type Viewer } from '../../../http/permissions';
import { del, get, post, put, type Route } from '../../../http/route';
import type { Editor } from './settings.editor';
import {
  callbackKeys,
  callbackKeysFor,
  clearQuery,
  newRestoration,
  newValue,
  settingParam,
  settingsTest,
  settingsView,
  settingView,
  versionPage,
  versionQuery,
} from './settings.schema';
import type { SettingsService } from './settings.service';

export const settingsRoutes = ({ settings }: { settings: SettingsService }): Route[] => [
  get('/settings', { can: 'settings:read', about: 'What is configured, and where from', returns: settingsView }, () =>
    settings.view(),
  ),
  get(
    '/settings/versions',
    {
      can: 'settings:read',
      about: 'Every change of a setting, newest first; a secret is shown by its fingerprint only',
      query: versionQuery,
      returns: versionPage,
    },
    ({ query }) => settings.versions(query),
  ),
  ...changes(settings),
  post(
    '/settings/tests',
    {
      can: 'settings:test',
      about: 'Ask WeCom for a token with each secret; the first that works connects the company',
      returns: settingsTest,
    },
    ({ viewer, ctx }) => settings.test(whoOf({ viewer, ctx })),
  ),
];

const changes = (settings: SettingsService): Route[] => [
  post(
    '/settings/callback-keys',
    {
      can: 'settings:write',
      about: 'Make a new Token and EncodingAESKey for a receiver; they are shown this once',
      body: callbackKeysFor,
      returns: callbackKeys,
    },
    async ({ body, ...who }) => settings.makeCallbackKeys(body.receiver, await editorOf(who)),
  ),
  put(
    '/settings/:name',
    {
      can: 'settings:write',
      about: 'Set what the environment leaves open; it counts in every process within seconds',
      params: settingParam,
      body: newValue,
      returns: settingView,
    },
    async ({ params, body, ...who }) => settings.set(params.name, body.value, await editorOf(who, body.version)),
  ),
  post(
    '/settings/:name/restorations',
    {
      can: 'settings:write',
      about: 'Go back to an earlier version of a setting, as a new version',
      params: settingParam,
      body: newRestoration,
      returns: settingView,
    },
    async ({ params, body, ...who }) => settings.restore(params.name, body.from, await editorOf(who, body.version)),
  ),
  del(
    '/settings/:name',
    {
      can: 'settings:write',
      about: 'Clear what was set here',
      params: settingParam,
      query: clearQuery,
      returns: z.null(),
      status: 204,
    },
    async ({ params, query, ...who }) => {
      await settings.clear(params.name, await editorOf(who, query.version));
      return null;
    },
  ),
];

interface Asking {
  viewer: Viewer;
  ctx: Context;
}

const whoOf = ({ viewer, ctx }: Asking): Editor => ({ actor: actorOf(viewer), address: ctx.ip });

const editorOf = async (asking: Asking, version?: number): Promise<Editor> => ({ ...whoOf(asking), version });
