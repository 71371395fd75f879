import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RelationHistoryEntry } from '../../../api';
import { staffPath } from '../../../lib/paths';

/** One entry as a sentence; a kind that is newer than this console is shown by its name. */
export function ContactHistoryText({ entry }: { entry: RelationHistoryEntry }) {
  const { t, i18n } = useTranslation('externalContacts');
  const who = <Who entry={entry} />;
  if (!i18n.exists(`history.${entry.kind}`, { ns: 'externalContacts' })) {
    return (
      <>
        <code>{entry.kind}</code> · {who}
      </>
    );
  }
  return <Trans t={t} i18nKey={`history.${entry.kind as 'added'}`} components={{ who }} />;
}

function Who({ entry: { userid, staff_name } }: { entry: RelationHistoryEntry }) {
  return (
    <Link to={staffPath(userid)}>
      <bdi>{staff_name || userid}</bdi>
    </Link>
  );
}
