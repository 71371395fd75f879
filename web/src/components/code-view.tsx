import styles from './code-view.module.css';

export interface Token {
  kind: 'name' | 'mark' | 'text';
  text: string;
}

/** Coloured text that can be scrolled by keyboard. */
export function CodeView({ tokens }: { tokens: Token[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre className={styles.code} tabIndex={0}>
      <code>
        {tokens.map(({ kind, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their place.
          <span key={place} className={styles[kind]}>
            {text}
          </span>
        ))}
      </code>
    </pre>
  );
}
