/** What stands before a quotation, by the language of the sender's client. */
const openings = ['这是一条引用/回复消息：', 'This is a quote/reply:'];
const divider = /\n-{3,}\n/;

/**
 * A reply as WeCom archives it: one text that holds the quotation and the answer. The split is a reading aid and proves
 * nothing: anybody can type such a text.
 * @returns null when the text is no reply
 */
export function splitQuote(text: string): { quoted: string; reply: string } | null {
  const opening = openings.find((start) => text.startsWith(start));
  if (opening === undefined) return null;
  const rest = text.slice(opening.length);
  const at = divider.exec(rest);
  if (!at) return null;
  return { quoted: rest.slice(0, at.index).trim(), reply: rest.slice(at.index + at[0].length).trim() };
}
