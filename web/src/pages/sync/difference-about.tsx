import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Difference } from '../../api';
import { externalContactPath } from '../../components/external-person';
import { ContactName, GroupChatName, StaffName } from '../../components/names';

/** Whom or what a difference is about, each leading to its page. */
export function DifferenceAbout({ difference }: { difference: Difference }) {
  const { userid, external_userid, chat_id } = difference;
  const parts: { key: string; node: ReactNode }[] = [];
  if (userid) parts.push({ key: 'staff', node: <StaffName userid={userid} /> });
  if (external_userid) {
    const name = <ContactName externalUserid={external_userid} />;
    parts.push({ key: 'contact', node: <Away to={externalContactPath(external_userid)}>{name}</Away> });
  }
  if (chat_id) {
    const name = <GroupChatName chatId={chat_id} />;
    parts.push({ key: 'chat', node: <Away to={`/group-chats/${encodeURIComponent(chat_id)}`}>{name}</Away> });
  }
  if (parts.length === 0) return <>–</>;
  return parts.map(({ key, node }, place) => (
    <span key={key}>
      {place > 0 && ' · '}
      {node}
    </span>
  ));
}

/** A link in a row that has a click of its own. */
function Away({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  );
}
