export { WebhookPage as Component } from './webhook-page';
