import type { Mirror } from '../mirror';
import type { externalContacts as zh } from '../zh-CN/external-contacts';

export const externalContacts: Mirror<typeof zh> = {
  title: 'External contacts',
};
