import { dispatcher } from '../../callbacks';
import { createPrivacyService } from '../features/kernel/privacy';
import { createCollaborators } from '../features/kernel/scope';
import { createCorpTagService } from '../features/relations/corp-tags';
import {
  createExposure,
  createExternalContactService,
  createExternalContactViews,
  createReveal,
} from '../features/relations/external-contacts';
import { createGroupChatService, createGroupChatViews } from '../features/relations/group-chats';
import { createInboxService, createInboxStore } from '../features/relations/inbox';
import { createDifferences, createLeavers, defineFullReads } from '../features/relations/reconciliation';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Party } from './party';
import type { Platform } from './platform';

export type Relations = ReturnType<typeof createRelations>;

/** What is mirrored from WeCom, and who may look at it. */
export function createRelations(
  { config, db, logger, vault, wecom }: Platform,
  kernel: Kernel,
  { retention }: Pick<Archive, 'retention'>,
  { leads, contacts }: Pick<Party, 'leads' | 'contacts'>,
) {
  const { queue, runs, events, audit, access, approvals, reporting, scopes, staff } = kernel;
  const externalContacts = createExternalContactService({ db, wecom, staff, vault, events });
  const externalContactViews = createExternalContactViews({ db, scopes, vault });
  const exposure = createExposure({ db, audit, attempts: access.attempts, logger });
  const reveal = createReveal({ db, vault, audit, scopes, exposure });
  const collaborators = createCollaborators({ db, audit, reporting, contacts: externalContactViews });
  const corpTags = createCorpTagService({ db, wecom });
  const groupChats = createGroupChatService({
    db,
    wecom,
    staff,
    vault,
    events,
    erasedOf: externalContacts.erasure.erasedOf,
  });
  const groupChatViews = createGroupChatViews({ db, scopes, vault });
  const leavers = createLeavers({ db, queue, wecom, staff, externalContacts, groupChats });
  const differences = createDifferences({ db, scopes, events, audit });

  const inboxStore = createInboxStore({ db, queue });
  const inbox = createInboxService({ db, store: inboxStore, vault, audit, handled: dispatcher.handled });

  const privacy = createPrivacyService({
    ...{ db, audit, approvals, queue, externalContacts, groupChats, differences, inbox: inboxStore },
    views: externalContactViews,
    archive: retention.erasures,
    ...{ leads, contacts },
  });

  /** What a read from WeCom, and the second look at what it found, work with. */
  const reading = { db, wecom, logger, staff, externalContacts, corpTags, groupChats, differences };
  defineFullReads({
    ...reading,
    runs,
    queue,
    leavers,
    confirmSeconds: config.reconcileConfirmSeconds,
    inboxMark: inbox.settledThrough,
  });

  return {
    externalContacts,
    externalContactViews,
    exposure,
    reveal,
    privacy,
    collaborators,
    corpTags,
    groupChats,
    groupChatViews,
    leavers,
    differences,
    inboxStore,
    inbox,
    reading,
  };
}
