import type { Mirror } from '../mirror';
import type { events as zh } from '../zh-CN/events';

export const events: Mirror<typeof zh> = {
  change_external_contact: {
    add_external_contact: 'External contact added',
    edit_external_contact: 'Remark or tags changed',
    add_half_external_contact: 'Added by a contact, unconfirmed',
    del_external_contact: 'Staff deleted a contact',
    del_follow_user: 'Contact deleted a staff member',
    transfer_fail: 'Handover failed',
    msg_audit_approved: 'Contact agreed to the archive',
  },
  change_external_chat: {
    create: 'Group chat created',
    update: 'Group chat changed',
    dismiss: 'Group chat dismissed',
  },
  change_external_tag: {
    create: 'Tag created',
    update: 'Tag changed',
    delete: 'Tag deleted',
    shuffle: 'Tags put in another order',
  },
  change_contact: {
    create_user: 'Staff member joined',
    update_user: 'Staff details changed',
    delete_user: 'Staff member removed',
    create_party: 'Department created',
    update_party: 'Department changed',
    delete_party: 'Department deleted',
    update_tag: 'Staff tag changed',
  },
  subscribe: { any: 'Staff member follows the app' },
  unsubscribe: { any: 'Staff member unfollowed the app or left its visible range' },
  msgaudit_notify: { any: 'New messages to archive' },
  kf_msg_or_event: { any: 'New customer service message' },
  sys_approval_change: { any: 'Approval changed' },
  open_approval_change: { any: 'Approval changed' },
  enter_agent: { any: 'Staff member opened the app' },
};
