import { application } from './application';
import { createDispatcher } from './define';
import { directory } from './directory';
import { externalChat } from './external-chat';
import { externalContact } from './external-contact';
import { externalTag } from './external-tag';
import { others } from './others';

/** Every event family of WeCom, one file each. */
export const dispatcher = createDispatcher([
  externalContact,
  externalChat,
  externalTag,
  directory,
  ...application,
  ...others,
]);

export type { Dispatcher } from './define';
