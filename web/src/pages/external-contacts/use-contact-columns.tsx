import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ExternalContact, Relation } from '../../api';
import { Cut } from '../../components/cut';
import { ExternalPerson } from '../../components/external-person';
import type { QueryColumn } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { useAddWay } from './add-way';
import { FollowerChips } from './follower-chips';
import { newestOf, tagsOf } from './relations';
import { TagChips } from './tag-chips';

export function useContactColumns(): QueryColumn<ExternalContact>[] {
  const { t } = useTranslation('externalContacts');
  const { t: tc } = useTranslation();
  const addWayOf = useAddWay();
  const isWanted = useWanted();
  return [
    { key: 'name', title: t('name'), width: 260, render: (contact) => <ExternalPerson contact={contact} /> },
    {
      key: 'followers',
      title: t('followers'),
      render: ({ relations }) => <FollowerChips relations={relations} isWanted={isWanted} />,
    },
    { key: 'tags', title: t('tags'), width: 280, render: ({ relations }) => <TagChips tags={tagsOf(relations)} /> },
    {
      key: 'added_at',
      title: t('addedAt'),
      width: 132,
      render: ({ relations }) => <TimeText at={newestOf(relations)?.started_at} />,
    },
    {
      key: 'add_way',
      title: t('addWayTitle'),
      width: 150,
      render: ({ relations }) => <Text text={relations[0] && addWayOf(newestOf(relations)?.add_way ?? 0)} />,
    },
    {
      key: 'remark',
      title: t('remark'),
      width: 180,
      hidden: true,
      render: (contact) => <Text text={remarks(contact)} />,
    },
    {
      key: 'company',
      title: t('company'),
      width: 200,
      hidden: true,
      render: ({ corp_name }) => <Text text={corp_name} />,
    },
    {
      key: 'position',
      title: t('position'),
      width: 140,
      hidden: true,
      render: ({ position }) => <Text text={position} />,
    },
    {
      key: 'type',
      title: t('type'),
      width: 120,
      hidden: true,
      render: ({ type }) => tc(type),
    },
    {
      key: 'gender',
      title: t('gender'),
      width: 80,
      hidden: true,
      render: ({ gender }) => t(`genders.${gender}`),
    },
    {
      key: 'external_userid',
      title: t('externalUserid'),
      width: 260,
      hidden: true,
      render: ({ external_userid }) => <Text text={external_userid} />,
    },
    {
      key: 'updated_at',
      title: t('updatedAt'),
      width: 120,
      hidden: true,
      render: ({ updated_at }) => <TimeText at={updated_at} />,
    },
  ];
}

/** Whether the filters of the list are about this relation. */
function useWanted(): (relation: Relation) => boolean {
  const [params] = useSearchParams();
  const state = params.get('state');
  const userid = params.get('userid');
  return (relation) =>
    Boolean(state || userid) && (!state || relation.state === state) && (!userid || relation.userid === userid);
}

const Text = ({ text }: { text: string | null | undefined }) => (text ? <Cut text={text} /> : '–');

/** Different members may note different names. */
const remarks = ({ relations }: ExternalContact): string =>
  [...new Set(relations.map(({ remark }) => remark).filter(Boolean))].join(' · ');
