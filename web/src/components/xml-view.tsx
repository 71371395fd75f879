import { xmlTokens } from '../lib/xml';
import { CodeView } from './code-view';

/** XML, indented and coloured; its text is only ever shown as text. */
export function XmlView({ text }: { text: string }) {
  return <CodeView tokens={xmlTokens(text)} />;
}
