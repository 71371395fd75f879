import type { Entities } from '../../../db/data-source';
import { recordRoutes } from '../../../records';
import { Contact } from './contact.entity';
import { contactType } from './contact.type';
import type { Contacts } from './contacts.service';

export { type Contacts, createContacts } from './contacts.service';

export const contactsFeature = {
  name: 'contacts',
  entities: [Contact] as Entities,
  routes: (services: { contacts: Contacts }) => recordRoutes(contactType, () => services.contacts.records),
};
