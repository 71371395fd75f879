// Addresses of single things, for links between pages.

/** The list of staff with one member open beside it. */
export const staffPath = (userid: string): string => `/staff?open=${encodeURIComponent(userid)}`;

export const findingPath = (id: string): string => `/findings/${encodeURIComponent(id)}`;

/** How one of the staff stands. To open it is recorded. */
export const personRiskPath = (userid: string): string => `/risk/people/${encodeURIComponent(userid)}`;

interface Logged {
  source: string;
  userid: string | null;
  at: string;
}

/** The lines of one of WeCom's logs at the second of one of them. To look is recorded. */
export function securityRecordsPath({ source, userid, at }: Logged): string {
  const second = Math.floor(Date.parse(at) / 1000) * 1000;
  const span = { from: new Date(second).toISOString(), to: new Date(second + 1000).toISOString() };
  return `/risk/logs?${new URLSearchParams({ tab: 'records', source, ...(userid ? { userid } : {}), ...span })}`;
}

/** A check of a device; what it shows of the conversation is behind a button. */
export const spotCheckPath = (id: string): string => `/risk/spot-checks/${encodeURIComponent(id)}`;

export const reviewPath = (id: string): string => `/reviews/${encodeURIComponent(id)}`;

const withNew = (path: string, filters: Record<string, string>): string =>
  `${path}?${new URLSearchParams({ ...filters, new: '1' })}`;

/** The form of a new export, or of a new hold, already about something. */
export const newExportPath = (filters: Record<string, string>): string => withNew('/exports', filters);
export const newHoldPath = (filters: Record<string, string>): string => withNew('/holds', filters);

export const groupChatPath = (chatId: string): string => `/group-chats/${encodeURIComponent(chatId)}`;

export const inboxEventPath = (id: string | number): string => `/inbox?open=${encodeURIComponent(id)}`;

/** A conversation, at one of its messages if one is given; with `query` its words are marked there. */
export function conversationPath(id: string, messageId?: string, query?: string): string {
  const search = new URLSearchParams({ ...(messageId ? { m: messageId } : {}), ...(query ? { q: query } : {}) });
  return `/conversations/${encodeURIComponent(id)}${search.size > 0 ? `?${search}` : ''}`;
}

export const newRulePath = '/risk/rules/new';
export const rulePath = (id: string): string => `/risk/rules/${encodeURIComponent(id)}`;

/** A plan of who takes over what, while it is made and to its end. */
export const handoverPath = (id: string): string => `/handover/plans/${encodeURIComponent(id)}`;

interface Given {
  from?: readonly string[];
  contacts?: readonly string[];
  finding?: string | number;
}

/** The form of a new handover, already about somebody. */
export function newHandoverPath({ from = [], contacts = [], finding }: Given = {}): string {
  const search = new URLSearchParams(from.map((userid) => ['from', userid]));
  if (contacts.length > 0) search.set('contacts', contacts.join(','));
  if (finding !== undefined) search.set('finding', String(finding));
  return `/handover/new${search.size > 0 ? `?${search}` : ''}`;
}
