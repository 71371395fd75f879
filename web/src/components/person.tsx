import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { colourOf, initialOf } from '../lib/person';
import { Cut } from './cut';
import styles from './person.module.css';

export interface PersonProps {
  /** `userid` or `external_userid`: decides the colour, and stands in when the name is not known. */
  id: string;
  name: string | null | undefined;
  avatar?: string | null | undefined;
  /** Department, company …, in grey behind the name. */
  detail?: string | null | undefined;
  /** A small sign between name and detail. */
  mark?: ReactNode;
  /** Where the name leads. */
  to?: string | undefined;
  size?: number;
}

/** A staff member, or anybody with a name. */
export function Person({ id, name, avatar, detail, mark, to, size = 24 }: PersonProps) {
  const shown = name?.trim() || id;
  return (
    <span className={styles.person}>
      <Avatar id={id} name={shown} picture={avatar} size={size} />
      <span className={styles.words}>
        <Name shown={shown} known={Boolean(name?.trim())} to={to} />
        {mark && <span className={styles.mark}>{mark}</span>}
        {detail && (
          <span className={styles.detail}>
            <Cut text={detail} />
          </span>
        )}
      </span>
    </span>
  );
}

function Name({ shown, known, to }: { shown: string; known: boolean; to: string | undefined }) {
  const text = <Cut text={shown}>{known ? <bdi>{shown}</bdi> : <code className={styles.id}>{shown}</code>}</Cut>;
  if (!to) return <span className={styles.name}>{text}</span>;
  // In a table the row has its own click.
  return (
    <Link className={styles.name} to={to} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  );
}

/** The picture when it loads, else the surname on a colour of the id. */
export function Avatar(props: { id: string; name: string; picture?: string | null | undefined; size: number }) {
  const { id, name, picture, size } = props;
  const [broken, setBroken] = useState(false);
  const style = { '--size': `${size}px`, background: colourOf(id) };
  return (
    <span className={styles.avatar} style={style} aria-hidden>
      {picture && !broken ? (
        <img src={picture} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)} />
      ) : (
        initialOf(name)
      )}
    </span>
  );
}
