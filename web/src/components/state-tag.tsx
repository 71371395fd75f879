import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import styles from './state-tag.module.css';

/** lost: lost or broken. person: needs a person. proved. circumstantial. active: in progress. neutral: everything else. */
export type Tone = 'lost' | 'person' | 'proved' | 'circumstantial' | 'active' | 'neutral';
/** OFFICIAL is filled, DERIVED outlined, CIRCUMSTANTIAL dotted. */
export type Evidence = 'official' | 'derived' | 'circumstantial';

const icons: Record<Tone, ReactNode> = {
  lost: <CloseCircleOutlined />,
  person: <ExclamationCircleOutlined />,
  proved: <CheckCircleOutlined />,
  circumstantial: <QuestionCircleOutlined />,
  active: <ClockCircleOutlined />,
  neutral: <MinusCircleOutlined />,
};
const borders = { official: styles.official, derived: styles.derived, circumstantial: styles.hinted };

interface Props {
  tone: Tone;
  children: ReactNode;
  icon?: ReactNode;
  evidence?: Evidence;
  /** Said on hover. */
  title?: string | undefined;
}

/** A state: word and icon, coloured only by the four meanings. */
export function StateTag({ tone, children, icon, evidence = 'official', title }: Props) {
  const hint = title ?? (typeof children === 'string' ? children : undefined);
  return (
    <span className={`${styles.tag} ${styles[tone]} ${borders[evidence]}`} title={hint}>
      <span aria-hidden>{icon ?? icons[tone]}</span>
      <span>{children}</span>
    </span>
  );
}
