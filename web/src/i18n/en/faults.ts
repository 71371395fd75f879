import type { Mirror } from '../mirror';
import type { faults as zh } from '../zh-CN/faults';

export const faults: Mirror<typeof zh> = {
  failed: 'The data could not be read',
  code: {
    NETWORK: 'The server cannot be reached. Check the network, or whether the service runs.',
    NO_ANSWER: 'The server does not answer yet; it may be starting or updating. Try again shortly.',
    CLIENT: 'The page failed. Open it again; if it happens twice, tell the administrator.',
    UNAUTHORIZED: 'Your session is over. Use a new sign-in link.',
    ACCESS_BAD_LINK: 'This sign-in link does not work: used, expired, or never existed. Get a new one.',
    FORBIDDEN: 'Your roles do not allow this. Ask the administrator.',
    CROSS_SITE: 'The request came from another site and was refused. Use the address of this system.',
    NOT_FOUND: 'There is nothing here, or you may not see it.',
    BAD_FILTER: 'A filter in the address is not understood. Clear the filters and try again.',
    PAGING_BAD_CURSOR: 'The place in the list is no longer valid. Go back to the first page.',
    VALIDATION: 'Some fields need attention.',
    TOO_MANY_REQUESTS: 'Too many requests. Wait a moment and try again.',
    UNAVAILABLE: 'The database does not answer. Try again shortly.',
    INTERNAL:
      'The server failed and wrote it down. Try again; if it happens twice, give the administrator the trace id.',
    RUN_IN_PROGRESS: 'Work of this kind is in progress. Wait for it, or cancel it first.',
    RUN_NOT_FOUND: 'There is no such run, or its record was kept long enough.',
    EXTERNAL_CONTACT_NOT_FOUND: 'There is no such external contact. It may not be synced yet, or the address is wrong.',
    GROUP_CHAT_NOT_FOUND: 'There is no such group chat. It may not be synced yet, or the address is wrong.',
    INBOX_NOT_FOUND: 'There is no such inbox event, or its retention is over.',
    INBOX_BODY_GONE: 'Its body is past the retention, so it cannot be handled again.',
    INBOX_STILL_PENDING: 'It is waiting to be handled already.',
    SETTINGS_NOT_SETTABLE: 'This cannot be set here.',
    SETTINGS_GIVEN_BY_ENVIRONMENT: 'The environment of the server sets this; here it is read-only.',
    SETTINGS_SANDBOX: 'The settings of the sandbox are fixed. Connect a real company first.',
    other: 'The request failed: {{title}}',
  },
};
