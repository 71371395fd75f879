import type { Mirror } from '../mirror';
import type { groupChats as zh } from '../zh-CN/group-chats';

export const groupChats: Mirror<typeof zh> = {
  title: 'Group chats',
};
