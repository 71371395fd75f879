import { Link } from 'react-router';
import { externalContactPath } from '../../components/external-person';
import { ContactName } from '../../components/names';

/** An external contact by name, leading to their page. In a table the row has its own click. */
export function ContactLink({ id }: { id: string }) {
  return (
    <Link to={externalContactPath(id)} onClick={(event) => event.stopPropagation()}>
      <ContactName externalUserid={id} />
    </Link>
  );
}
