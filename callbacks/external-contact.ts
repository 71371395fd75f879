import { z } from 'zod';
import { family, on } from './define';

/** UserID is the staff member; in transfer_fail it is the one who should have taken over. */
const who = { UserID: z.string().min(1), ExternalUserID: z.string().min(1) };

interface Who {
  UserID: string;
  ExternalUserID: string;
  at: Date;
  stale: boolean;
  ref: string;
}

const pair = ({ UserID, ExternalUserID, at, stale, ref }: Who) => ({
  userid: UserID,
  external_userid: ExternalUserID,
  at,
  stale,
  ref,
});

/** 客户联系: who added, edited or deleted whom (path/92130). */
export const externalContact = family('change_external_contact', {
  add_external_contact: on(who, (m, { externalContacts }) => externalContacts.onAdded(pair(m), 'added')),
  add_half_external_contact: on(who, (m, { externalContacts }) => externalContacts.onAdded(pair(m), 'half_added')),
  edit_external_contact: on(who, (m, { externalContacts }) => externalContacts.onEdited(pair(m))),
  del_external_contact: on({ ...who, Source: z.string().optional() }, (m, { externalContacts }) =>
    m.Source === 'DELETE_BY_TRANSFER'
      ? externalContacts.onStaffDeleted(pair(m), 'transferred_out')
      : externalContacts.onStaffDeleted(
          pair(m),
          'staff_deleted',
          m.Source ? { source: m.Source.slice(0, 64) } : undefined,
        ),
  ),
  del_follow_user: on(who, (m, { externalContacts }) => externalContacts.onExternalDeleted(pair(m))),
  transfer_fail: on({ ...who, FailReason: z.string().optional() }, (m, { externalContacts }) =>
    externalContacts.onTransferFailed(pair(m), m.FailReason ?? null),
  ),
  msg_audit_approved: on(who, async (m, { externalContacts, consent }) => {
    const note = await externalContacts.onNote(pair(m), 'archive_consented');
    return async () => {
      await note();
      await consent.onApproved(pair(m));
    };
  }),
});
