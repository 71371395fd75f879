import { Link } from 'react-router';
import type { RelationHistoryEntry } from '../../../api';
import { Sentence } from '../../../components/sentence';
import { staffPath } from '../../../lib/paths';
import { useWord } from '../../../lib/use-word';

/** One entry as a sentence; a kind that is newer than this console is shown by its name. */
export function ContactHistoryText({ entry }: { entry: RelationHistoryEntry }) {
  const wordOf = useWord('externalContacts');
  const who = <Who entry={entry} />;
  const text = wordOf(`history.${entry.kind}`);
  if (text) return <Sentence text={text} parts={{ who }} />;
  return (
    <>
      <code>{entry.kind}</code> · {who}
    </>
  );
}

function Who({ entry: { userid, staff_name } }: { entry: RelationHistoryEntry }) {
  return (
    <Link to={staffPath(userid)}>
      <bdi>{staff_name || userid}</bdi>
    </Link>
  );
}
