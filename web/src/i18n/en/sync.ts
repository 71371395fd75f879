import type { Mirror } from '../mirror';
import type { sync as zh } from '../zh-CN/sync';

export const sync: Mirror<typeof zh> = {
  title: 'Sync & reconciliation',
  starting: 'starting',
};
