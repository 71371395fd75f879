/** A text that stands in the XML without CDATA, as WeCom sends some of them. */
export interface Bare {
  bare: string;
}
export const bare = (text: string): Bare => ({ bare: text });

/** Numbers stand bare, texts in CDATA; a list holds child nodes. */
type XmlValue = string | number | Bare | readonly XmlNode[];
export type XmlNode = readonly [name: string, value: XmlValue];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeText = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);
/** A CDATA section cannot hold its own end, so it is split there. */
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const isBare = (value: XmlValue): value is Bare => typeof value === 'object' && 'bare' in value;

function render(value: XmlValue): string {
  if (typeof value === 'string') return cdata(value);
  if (typeof value === 'number') return String(value);
  if (isBare(value)) return escapeText(value.bare);
  return value.map(([name, child]) => `<${name}>${render(child)}</${name}>`).join('');
}

/** One document `<xml>…</xml>` without a declaration, in WeCom's style. */
export const renderXml = (nodes: readonly XmlNode[]): string => `<xml>${render(nodes)}</xml>`;
