import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AuditEvent } from '../../api';
import { useTargetName } from '../../components/audit-words';
import { Cut } from '../../components/cut';
import { externalContactPath } from '../../components/external-person';

const pages: Readonly<Record<string, (id: string) => string>> = {
  account: (id) => `/access?open=${encodeURIComponent(id)}`,
  token: () => '/access?tab=tokens',
  role: () => '/access?tab=roles',
  external_contact: externalContactPath,
  webhook: (id) => `/settings/webhooks/${encodeURIComponent(id)}`,
  run: (id) => `/sync?open=${encodeURIComponent(id)}`,
};

/** What was acted upon, in one line; as the trail spells it on hover. */
export function Target({ event }: { event: AuditEvent }) {
  const nameOf = useTargetName();
  return (
    <Cut text={event.target}>
      <bdi>{nameOf(event)}</bdi>
    </Cut>
  );
}

/** The same with the way to its page, and as the trail spells it. */
export function TargetFact({ event }: { event: AuditEvent }): ReactNode {
  const nameOf = useTargetName();
  const [kind = '', ...rest] = event.target.split(':');
  const to = rest.join(':') && pages[kind]?.(rest.join(':'));
  const name = <bdi>{nameOf(event)}</bdi>;
  return (
    <>
      <div>{to ? <Link to={to}>{name}</Link> : name}</div>
      <code>{event.target}</code>
    </>
  );
}
