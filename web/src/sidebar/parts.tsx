import { Button, Skeleton } from 'antd-mobile';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asFault } from '../api/fault';
import { colourOf } from '../lib/person';

/** What the page will look like. */
export function Waiting() {
  const { t } = useTranslation('sidebar');
  return (
    <main className="page" aria-busy aria-label={t('opening')}>
      <div className="card">
        <Skeleton.Title animated />
        <Skeleton.Paragraph lineCount={2} animated />
      </div>
      <div className="card">
        <Skeleton.Paragraph lineCount={5} animated />
      </div>
    </main>
  );
}

export function Card({ title, children }: { title?: ReactNode; children: ReactNode }) {
  return (
    <section className="card">
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

export function Avatar({ id, name, address }: { id: string; name: string; address?: string | null }) {
  if (address) return <img className="avatar" src={address} alt="" />;
  const [first = '?'] = Array.from(name.trim());
  return (
    <span aria-hidden className="avatar" style={{ background: colourOf(id) }}>
      {first.toUpperCase()}
    </span>
  );
}

/** Only what there is. */
export function Facts({ items }: { items: { name: string; value: ReactNode }[] }) {
  const present = items.filter(({ value }) => value !== '' && value !== null && value !== undefined && value !== false);
  return (
    <dl className="facts">
      {present.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Notice({ children }: { children: ReactNode }) {
  return <p className="notice">{children}</p>;
}

/** A part of a page that could not be read; the rest stays. */
export function PartFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('sidebar');
  const { code, trace_id } = asFault(error);
  return (
    <section className="card" role="alert">
      <p>{t('listFailed')}</p>
      <p className="quiet">{[t('code', { code }), trace_id].filter(Boolean).join(' · ')}</p>
      <Button block onClick={onRetry}>
        {t('again')}
      </Button>
    </section>
  );
}
