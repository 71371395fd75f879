/** Single chats (`c`) between a member of staff and somebody outside. Robots are neither. */
export const withOutside = `c.kind = 'single' AND c.userid IS NOT NULL AND EXISTS (SELECT 1 FROM archive_participant p
  WHERE p.conversation_id = c.id AND p.person = c.external_userid AND p.kind = 'external')`;

/** Types that ask nothing: consent, stickers, calls, which are answered as they are made, and red packets. */
const asksNothing =
  "'agree', 'disagree', 'emotion', 'meeting_voice_call', 'voiptext', 'redpacket', 'external_redpacket'";

/** A message (`m`) that was not taken back. */
const stands =
  "m.action = 'send' AND m.type <> 'revoke' AND NOT EXISTS (SELECT 1 FROM archive_recall t WHERE t.msgid = m.msgid)";

/** The member of staff wrote: whatever it is, it answers. */
export const answers = `m.sender = c.userid AND ${stands}`;

/**
 * Somebody outside wrote what may be a question. Known by its type alone: bodies are sealed and stay so, and therefore
 * a closing "thank you" in words counts as one. That is a limit of these figures, and they are to be read with it.
 */
export const asks = `m.sender = c.external_userid AND m.type NOT IN (${asksNothing}) AND ${stands}`;

/** Either of them. */
export const says = `((${answers}) OR (${asks}))`;
