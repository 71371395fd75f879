import { family, type Samples, system } from './sample';

/** Families that may reach the address and concern nobody here (§12): event → its changes, none where it has none. */
const others: Readonly<Record<string, readonly string[]>> = {
  change_chain: [
    'create_chain',
    'update_chain',
    'delete_chain',
    'create_group',
    'update_group',
    'delete_group',
    'corp_join',
    'update_corp',
    'remove_corp',
  ],
  app_email_change: ['receive_email'],
  public_email_change: ['receive_email'],
  change_school_contact: ['create_student', 'update_student', 'delete_student', 'subscribe', 'unsubscribe'],
  modify_calendar: [],
  delete_calendar: [],
  add_schedule: [],
  modify_schedule: [],
  delete_schedule: [],
  respond_schedule: [],
  book_meeting_room: [],
  cancel_meeting_room: [],
  living_status_change: [],
  meeting_change: [],
  meeting_statistics: [],
  doc_change: [],
  smart_sheet_change: [],
  wedrive_space_change: [],
  wedrive_file_change: [],
  wedrive_insufficient_capacity: [],
  unlicensed_notify: [],
};

export const otherSamples: Samples = Object.assign(
  {},
  ...Object.entries(others).map(([event, changes]) =>
    changes.length === 0
      ? { [event]: system(() => [['Event', event]]) }
      : family(
          event,
          Object.fromEntries(
            changes.map((change) => [
              change,
              system(() => [
                ['Event', event],
                ['ChangeType', change],
              ]),
            ]),
          ),
        ),
  ),
);
