import { useTranslation } from 'react-i18next';
import type { GroupChat, GroupChatHistoryEntry } from '../../../api';
import { Change } from '../../../components/history';
import { StaffName } from '../../../components/names';
import { beforeAfterOf, type Detail, detailOf, listFrom, textOf } from '../../../lib/detail';
import { useWord } from '../../../lib/use-word';

const labels = {
  renamed: 'name',
  notice_changed: 'notice',
  owner_changed: 'owner',
  admins_changed: 'admins',
  status_changed: 'ownerStatus',
} as const;
type Changed = keyof typeof labels;

const isChanged = (kind: string): kind is Changed => kind in labels;

/** Old and new value of what changed; how somebody came or went. */
export function ChatHistoryDetail({ entry }: { entry: GroupChatHistoryEntry }) {
  const { kind } = entry;
  if (kind === 'joined' || kind === 'left') return <Movement kind={kind} detail={detailOf(entry.detail)} />;
  if (isChanged(kind)) return <ChangedField kind={kind} detail={entry.detail} />;
  return null;
}

function ChangedField({ kind, detail }: { kind: Changed; detail: unknown }) {
  const { t } = useTranslation('groupChats');
  const show = useValue(kind);
  const change = changeIn(detail);
  if (!change) return null;
  return <Change label={t(labels[kind])} before={show(change.before)} after={show(change.after)} />;
}

/** The pair itself, or the only field that is one. */
function changeIn(detail: unknown) {
  const own = beforeAfterOf(detail);
  if (own) return own;
  return Object.values(detailOf(detail)).map(beforeAfterOf).find(Boolean);
}

function useValue(kind: Changed): (value: unknown) => React.ReactNode {
  const { t: ts } = useTranslation('states');
  if (kind === 'owner_changed' || kind === 'admins_changed') {
    return (value) => {
      const userids = listFrom(value);
      return userids.length > 0 ? <Names userids={userids} /> : null;
    };
  }
  if (kind === 'status_changed') {
    return (value) => {
      const status = statusOf(value);
      return status ? ts(`chatOwner.${status}`) : textOf(value);
    };
  }
  return textOf;
}

const statuses = ['normal', 'owner_left', 'inheriting', 'inherited'] as const;

/** WeCom counts the statuses from 0. */
const statusOf = (value: unknown): GroupChat['status'] | undefined =>
  typeof value === 'number' ? statuses[value] : statuses.find((status) => status === value);

function Names({ userids }: { userids: string[] }) {
  const { t } = useTranslation();
  return userids.map((userid, place) => (
    <span key={userid}>
      {place > 0 && t('listSeparator')}
      <StaffName userid={userid} />
    </span>
  ));
}

/** How somebody came or went: told by the event, or read from the member list, which counts the ways differently. */
function Movement({ kind, detail }: { kind: 'joined' | 'left'; detail: Detail }) {
  const { t } = useTranslation('groupChats');
  const wordOf = useWord('groupChats');
  const { scene, join_scene, inferred } = detail;
  if (typeof scene === 'number') {
    const area = kind === 'joined' ? 'eventJoinScene' : 'quitScene';
    return <div>{wordOf(`${area}.${scene}`) ?? t('joinSceneUnknown', { code: scene })}</div>;
  }
  if (kind === 'joined' && typeof join_scene === 'number' && join_scene > 0) {
    return <div>{wordOf(`joinScene.${join_scene}`) ?? t('joinSceneUnknown', { code: join_scene })}</div>;
  }
  return inferred && kind === 'left' ? <div>{t('leftInferred')}</div> : null;
}
