import { InboxEvent } from './inbox.entity';
import { inboxRoutes } from './inbox.routes';

export const inboxFeature = { name: 'inbox', entities: [InboxEvent], routes: inboxRoutes };
export { inboxHandler, type React } from './inbox.handler';
export { createInboxService, type InboxService } from './inbox.service';
export { createInboxStore, type InboxStore } from './inbox.store';
export { type CallbackOutcome, createReceiver } from './receiver';
export { createSpoolDrain, openSpool } from './spool';
export { createInboxWriter } from './writer';
