export { WebhooksPage as Component } from './webhooks-page';
