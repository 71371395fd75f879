import { Link } from 'react-router';
import { staffPath } from '../lib/paths';
import { personKind } from '../lib/person';
import { externalContactPath } from './external-person';
import { ContactName, StaffName } from './names';

/** Somebody of whom only the id is known, by name, leading to their page. Robots have none. */
export function PersonLink({ id }: { id: string }) {
  const kind = personKind(id);
  if (kind === 'robot') return <code>{id}</code>;
  if (kind === 'external') {
    return (
      <Link to={externalContactPath(id)}>
        <ContactName externalUserid={id} />
      </Link>
    );
  }
  return (
    <Link to={staffPath(id)}>
      <StaffName userid={id} />
    </Link>
  );
}
