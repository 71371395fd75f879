import { CodeView, type Token } from './code-view';

const pattern = /(?<literal>"(?:\\.|[^"\\])*")(?<colon>\s*:)?|(?<mark>[{}[\],]+)|[^"{}[\],]+/g;

/** Any value as indented JSON, field names marked. */
export function JsonView({ value }: { value: unknown }) {
  return <CodeView tokens={jsonTokens(JSON.stringify(value, null, 2) ?? 'null')} />;
}

const jsonTokens = (text: string): Token[] =>
  [...text.matchAll(pattern)].flatMap(({ 0: whole, groups }): Token[] => {
    const { literal, colon, mark } = groups ?? {};
    if (!literal || !colon) return [{ kind: mark ? 'mark' : 'text', text: whole }];
    return [
      { kind: 'name', text: literal },
      { kind: 'mark', text: colon },
    ];
  });
