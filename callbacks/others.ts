import { awaits, family, on, plain, unused } from './define';

/** 获客助手 (path/97299). */
const acquisition = family('customer_acquisition', {
  '*': awaits('acquisition links'),
});

/** Families that later features need, and those that merely may reach the address. */
export const others = [
  acquisition,
  ...plain(['customer_acquisition_permit_change'], unused('for service providers only')),
  // It carries nothing: it means that there is something to fetch (path/95039).
  family('msgaudit_notify', { '': on({}, async (_, { archive }) => archive.wake) }),
  ...plain(['kf_msg_or_event', 'kf_account_auth_change'], awaits('customer service accounts')),
  ...plain(['sys_approval_change', 'open_approval_change'], awaits('approvals')),
  ...[
    'change_chain',
    'modify_calendar',
    'delete_calendar',
    'add_schedule',
    'modify_schedule',
    'delete_schedule',
    'respond_schedule',
    'book_meeting_room',
    'cancel_meeting_room',
    'living_status_change',
    'meeting_change',
    'meeting_statistics',
    'app_email_change',
    'public_email_change',
    'doc_change',
    'smart_sheet_change',
    'wedrive_space_change',
    'wedrive_file_change',
    'wedrive_insufficient_capacity',
    'change_school_contact',
    'unlicensed_notify',
  ].map((event) => family(event, { '*': unused('not part of this product') })),
];
