import { get, post, put, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import {
  notificationPage,
  notificationQuery,
  preferencesBody,
  preferencesView,
  unreadCount,
} from './notifications.schema';
import type { NotificationService } from './notifications.service';

export const notificationRoutes = ({ notifications }: { notifications: NotificationService }): Route[] => [
  get(
    '/notifications',
    { can: 'self', about: 'What I should know, newest first', query: notificationQuery, returns: notificationPage },
    ({ query, viewer }) => notifications.list(query, viewer),
  ),
  post(
    '/notifications/:id/read',
    { can: 'self', about: 'I have read it', params: idParam, returns: unreadCount },
    ({ params, viewer }) => notifications.read(params.id, viewer),
  ),
  post('/notifications/read-all', { can: 'self', about: 'I have read all of it', returns: unreadCount }, ({ viewer }) =>
    notifications.readAll(viewer),
  ),
  get(
    '/notification-preferences',
    { can: 'self', about: 'What I am told, how and when', returns: preferencesView },
    ({ viewer }) => notifications.preferences(viewer),
  ),
  put(
    '/notification-preferences',
    {
      can: 'self',
      about: 'Choose what I am told, how and when; what is mandatory stays',
      body: preferencesBody,
      returns: preferencesView,
    },
    ({ body, viewer }) => notifications.setPreferences(body, viewer),
  ),
];
