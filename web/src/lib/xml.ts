export interface XmlToken {
  kind: 'name' | 'mark' | 'text';
  text: string;
}

const piece =
  /<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<(?<slash>\/?)(?<name>[^\s<>/]+)(?<attributes>(?:\s[^<>]*?)?)(?<closed>\/?)>|[^<]+|</g;

interface Tag {
  name: string;
  slash: string;
  attributes: string;
  closed: string;
}

/** Splits XML into names, marks and text, one element a line, indented. Anything odd in it is shown as it stands. */
export function xmlTokens(xml: string): XmlToken[] {
  const writer = createWriter();
  for (const { 0: whole, groups = {} } of xml.matchAll(piece)) {
    const { data, slash = '', name, attributes = '', closed = '' } = groups;
    if (name === undefined) writer.text(data ?? whole.trim());
    else writer.tag({ name, slash, attributes, closed });
  }
  return writer.tokens;
}

function createWriter() {
  const tokens: XmlToken[] = [];
  let depth = 0;
  /** An element that holds only text stays on one line. */
  let inline = false;

  const newLine = () => {
    if (tokens.length > 0) tokens.push({ kind: 'text', text: `\n${'  '.repeat(Math.max(0, depth))}` });
  };
  return {
    tokens,
    text(text: string) {
      if (text) tokens.push({ kind: 'text', text });
    },
    tag({ name, slash, attributes, closed }: Tag) {
      if (slash) depth -= 1;
      if (!slash || !inline) newLine();
      tokens.push({ kind: 'mark', text: `<${slash}` }, { kind: 'name', text: name });
      tokens.push({ kind: 'mark', text: `${attributes}${closed}>` });
      const opens = !slash && !closed && !/^[?!]/.test(name);
      if (opens) depth += 1;
      inline = opens;
    },
  };
}
