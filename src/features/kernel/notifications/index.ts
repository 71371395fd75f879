import type { Entities } from '../../../db/data-source';
import {
  Notification,
  NotificationDispatch,
  NotificationPreference,
  NotificationSetting,
} from './notifications.entity';
import { notificationRoutes } from './notifications.routes';

export const notificationsFeature = {
  name: 'notifications',
  entities: [Notification, NotificationDispatch, NotificationPreference, NotificationSetting] as Entities,
  routes: notificationRoutes,
};
export { createNotificationService, type NotificationService } from './notifications.service';
