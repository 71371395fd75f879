import { maskPhone } from '../../../core/mask';
import { codeWords } from './code-words';
import { type KindName, kindOf } from './kinds';
import { notificationError } from './notifications.errors';

export type Language = 'zh-CN' | 'en';
export type Params = Readonly<Record<string, string>>;

export interface Rendered {
  title: string;
  text: string;
}

/** What the template is given: what was written down, and how many it stands for where it is more than one. */
export const paramsOf = ({ params, count }: { params: string; count: number | null }): Params => ({
  ...JSON.parse(params),
  times: timesOf(count ?? 1),
});

export const timesOf = (count: number): string => (count > 1 ? `${count} × ` : '');

/** A notification in words. @throws notification.unknown_variable (422) for a template that names what it is not given */
export function render(kind: KindName, params: Params, language: Language): Rendered {
  const { title, text } = kindOf(kind)[language];
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, codeWords[name]?.[value]?.[language] ?? value]),
  );
  return { title: fill(title, shown), text: fill(text, shown) };
}

const fill = (template: string, params: Params): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw notificationError('unknown_variable', { name });
    return value;
  });

/** What leaves the house shows no whole phone number, wherever it came from (S15). */
export const maskNumbers = (text: string): string => text.replace(/(?<!\d)1\d{10}(?!\d)/g, maskPhone);
