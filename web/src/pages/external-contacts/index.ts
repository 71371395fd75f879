export { ExternalContactsPage as Component } from './external-contacts-page';
