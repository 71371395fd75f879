import type { Mirror } from '../mirror';
import type { settings as zh } from '../zh-CN/settings';

export const settings: Mirror<typeof zh> = {
  title: 'Settings',
};
