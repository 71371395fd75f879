export { ExternalContactPage as Component } from './external-contact-page';
