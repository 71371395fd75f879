import { noFormula } from '../../../core/no-formula';
import type { MessageView } from '../conversations';

const columns = [
  ...['id', 'seq', 'sent_at', 'conversation_id', 'from', 'from_name', 'to', 'type', 'text', 'recalled_at', 'state'],
] as const;

/** A cell as RFC 4180 has it. */
export const cell = (text: string): string => `"${noFormula(text).replaceAll('"', '""')}"`;

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** With the mark by which Excel knows UTF-8. */
export const csvHead = (): string => `\uFEFF${line(columns)}`;

export const csvLine = (view: MessageView): string =>
  line([
    ...[view.id, view.seq, view.sent_at, view.conversation_id, view.from ?? '', view.from_name ?? ''],
    ...[view.to.join(' '), view.type, view.text, view.recalled_by?.sent_at ?? '', view.state],
  ]);
