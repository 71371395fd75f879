// Addresses of single things, for links between pages.

/** The list of staff with one member open beside it. */
export const staffPath = (userid: string): string => `/staff?open=${encodeURIComponent(userid)}`;

export const groupChatPath = (chatId: string): string => `/group-chats/${encodeURIComponent(chatId)}`;

export const inboxEventPath = (id: string | number): string => `/inbox?open=${encodeURIComponent(id)}`;

/** A conversation, at one of its messages if one is given. */
export const conversationPath = (id: string, messageId?: string): string =>
  `/conversations/${encodeURIComponent(id)}${messageId ? `?m=${encodeURIComponent(messageId)}` : ''}`;
