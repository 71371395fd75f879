import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GroupChatHistoryEntry } from '../../../api';
import { externalContactPath } from '../../../components/external-person';
import { ContactName, StaffName } from '../../../components/names';
import { Sentence } from '../../../components/sentence';
import { detailOf, listFrom } from '../../../lib/detail';
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
  return <Sentence text={text} parts={{ who: <Who ids={subjectsOf(entry.detail)} members={members} /> }} />;
}

/** Whom an entry is about: one id, or several. */
function subjectsOf(value: unknown): string[] {
  const detail = detailOf(value);
  return listFrom(detail.userid ?? detail.userids ?? detail.members);
}

function Who({ ids, members }: { ids: string[]; members: readonly Member[] }) {
  const { t } = useTranslation();
  if (ids.length === 0) return t('unknown');
  return ids.map((id, place) => (
    <Fragment key={id}>
      {place > 0 && t('listSeparator')}
      <MemberLink id={id} member={members.find(({ userid }) => userid === id)} />
    </Fragment>
  ));
}

function MemberLink({ id, member }: { id: string; member: Member | undefined }) {
  const external = member ? member.type === 'external' : isExternalId(id);
  const known = member?.name || member?.nickname;
  if (external) {
    return <Link to={externalContactPath(id)}>{known ? <bdi>{known}</bdi> : <ContactName externalUserid={id} />}</Link>;
  }
  return <Link to={staffPath(id)}>{known ? <bdi>{known}</bdi> : <StaffName userid={id} />}</Link>;
}

/** Of somebody who has left only the id is told; those of external contacts are long and begin with `wm` or `wo`. */
const isExternalId = (id: string): boolean => /^w[mo].{20}/.test(id);
