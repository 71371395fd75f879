import { Fragment, type ReactNode } from 'react';

/** A text with places such as `<who/>`, filled with elements: "<who/> 删除了对方". */
export function Sentence({ text, parts }: { text: string; parts: Readonly<Record<string, ReactNode>> }) {
  return text.split(/<(\w+)\/>/).map((piece, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place; every second one is the name of a part.
    <Fragment key={place}>{place % 2 === 0 ? piece : parts[piece]}</Fragment>
  ));
}
