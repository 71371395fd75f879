import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Difference } from '../../api';
import { Cut } from '../../components/cut';
import { externalContactPath } from '../../components/external-person';
import { useContactName, useGroupChatName, useStaffName } from '../../components/names';

/** Whom or what a difference is about, each leading to its page. */
export function DifferenceAbout({ difference }: { difference: Difference }) {
  const { userid, external_userid, chat_id } = difference;
  const staff = useStaffName(userid);
  const contact = useContactName(external_userid);
  const chat = useGroupChatName(chat_id);
  const parts = [
    { name: staff, to: userid && `/staff?open=${encodeURIComponent(userid)}` },
    { name: contact, to: external_userid && externalContactPath(external_userid) },
    { name: chat, to: chat_id && `/group-chats/${encodeURIComponent(chat_id)}` },
  ].filter(({ name }) => name);
  if (parts.length === 0) return <>–</>;
  return (
    <Cut text={parts.map(({ name }) => name).join(' · ')}>
      {parts.map(({ name, to }, place) => (
        <Fragment key={to}>
          {place > 0 && ' · '}
          <Away to={to ?? ''}>{name}</Away>
        </Fragment>
      ))}
    </Cut>
  );
}

/** A link in a row that has a click of its own. */
function Away({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} onClick={(event) => event.stopPropagation()}>
      <bdi>{children}</bdi>
    </Link>
  );
}
