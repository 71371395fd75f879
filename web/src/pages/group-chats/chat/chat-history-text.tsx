import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GroupChatHistoryEntry } from '../../../api';
import { externalContactPath } from '../../../components/external-person';
import { ContactName, StaffName } from '../../../components/names';
import { Sentence } from '../../../components/sentence';
import { detailOf, textOf } from '../../../lib/detail';
import { staffPath } from '../../../lib/paths';
import { useWord } from '../../../lib/use-word';
import type { Member } from './use-member-columns';

interface Props {
  entry: GroupChatHistoryEntry;
  /** Those who are still there, for their names. */
  members: readonly Member[];
}

/** One entry as a sentence; a kind that is newer than this console is shown by its name. */
export function ChatHistoryText({ entry, members }: Props) {
  const text = useWord('groupChats')(`history.${entry.kind}`);
  if (!text) return <code>{entry.kind}</code>;
  return <Sentence text={text} parts={{ who: <Who subject={subjectOf(entry.detail, members)} /> }} />;
}

interface Subject {
  id: string;
  name: string;
  external: boolean;
}

/** Whom an entry is about: as the entry says, else as the list of members says. */
function subjectOf(value: unknown, members: readonly Member[]): Subject | undefined {
  const detail = detailOf(value);
  const id = textOf(detail.userid);
  if (!id) return undefined;
  const member = members.find(({ userid }) => userid === id);
  return {
    id,
    name: textOf(detail.name) || member?.name || member?.nickname || '',
    external: member ? member.type === 'external' : detail.type === 2 || isExternalId(id),
  };
}

/** Of somebody who was never read only the id is told; those of external contacts are long and begin with `wm` or `wo`. */
const isExternalId = (id: string): boolean => /^w[mo].{20}/.test(id);

function Who({ subject }: { subject: Subject | undefined }) {
  const { t } = useTranslation();
  if (!subject) return t('unknown');
  const { id, name, external } = subject;
  const lookedUp = external ? <ContactName externalUserid={id} /> : <StaffName userid={id} />;
  return <Link to={external ? externalContactPath(id) : staffPath(id)}>{name ? <bdi>{name}</bdi> : lookedUp}</Link>;
}
