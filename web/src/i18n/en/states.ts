import type { Mirror } from '../mirror';
import type { states as zh } from '../zh-CN/states';

export const states: Mirror<typeof zh> = {
  relation: {
    half: 'One-sided',
    active: 'Active',
    deleted_by_staff: 'Deleted by staff',
    deleted_by_external: 'Deleted by contact',
    deleted_by_both: 'Deleted by both',
    transferred_out: 'Transferred out',
    unassigned: 'To be assigned',
    out_of_scope: 'Out of visible range',
    missing: 'Missing, confirmed',
  },
  missingUnconfirmed: 'Not seen, unconfirmed',
  run: { queued: 'Queued', running: 'Running', succeeded: 'Done', failed: 'Failed', cancelled: 'Cancelled' },
  inbox: { pending: 'Pending', done: 'Handled', ignored: 'Ignored', parked: 'Parked' },
  difference: {
    applied: 'Corrected',
    unconfirmed: 'Unconfirmed',
    confirmed: 'Confirmed',
    withdrawn: 'Withdrawn',
    held: 'Needs a person',
  },
  groupChat: { active: 'Active', dismissed: 'Dismissed', missing: 'Missing, confirmed' },
  chatOwner: { normal: 'Normal', owner_left: 'Owner left', inheriting: 'Being inherited', inherited: 'Inherited' },
  staff: { active: 'Active', disabled: 'Disabled', inactive: 'Not activated', left: 'Left', unknown: 'Unknown' },
  requester: { schedule: 'Schedule', first_start: 'First start', host: 'Command line', restore: 'Restore' },
  runKind: {
    sync: 'Sync',
    reconciliation: 'Reconciliation',
    auditVerification: 'Verification of the audit trail',
    backup: 'Backup',
    unknown: '{{kind}}',
  },
  scope: {
    all: 'Everything',
    directory: 'Staff & departments',
    external_contacts: 'External contacts',
    group_chats: 'Group chats',
    corp_tags: 'Tags',
  },
  receiver: { agent: 'Self-built app', contacts: 'Contacts sync', archive: 'Conversation archive' },
  source: { event: 'Inbox event', sync: 'Sync', reconciliation: 'Reconciliation', own_write: 'This system' },
};
