import { useTranslation } from 'react-i18next';
import { type FilterOf, listOf, useCan } from '../../../api';
import type { Departure, HeldContact } from '../../../api/departures';
import { externalContactPath } from '../../../components/external-person';
import { momentFilter, type QueryFilter, QueryTable, type RowSelection } from '../../../components/query-table';
import { tagFilter } from '../../external-contacts/tag-filter';
import { BulkBar } from './bulk-bar';
import { useContactColumns } from './use-contact-columns';
import { useHandoverFilter } from './use-handover-filter';

type Filter = FilterOf<'/departures/{id}/external-contacts'>;
const states = ['active', 'unassigned', 'deleted_by_external', 'half', 'out_of_scope', 'missing'] as const;

/** The external contacts of somebody who leaves. */
export function ContactsTab({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const selection = useSelection(departure);
  return (
    <QueryTable<HeldContact, Filter>
      id="held-contacts"
      source={listOf('/departures/{id}/external-contacts', { id: departure.id })}
      rowKey={({ external_userid }) => external_userid}
      search={{ key: 'q', placeholder: t('searchContact') }}
      filters={useFilters()}
      columns={useContactColumns()}
      href={({ external_userid }) => externalContactPath(external_userid)}
      empty={{ title: t('noContacts'), hint: t('noContactsHint') }}
      {...(selection ? { selection } : {})}
    />
  );
}

function useFilters(): QueryFilter<Filter>[] {
  const { t } = useTranslation('handoverDesk');
  const { t: ts } = useTranslation('states');
  const seesFindings = useCan('findings:read');
  const yesNo = [
    { value: 'true', label: t('yes') },
    { value: 'false', label: t('no') },
  ];
  return [
    useHandoverFilter(),
    {
      ...{ kind: 'choice', key: 'state', label: t('relation') },
      options: states.map((value) => ({ value, label: ts(`relation.${value}`) })),
    },
    tagFilter('tag_id', t('tags')),
    ...(seesFindings ? [{ kind: 'choice', key: 'has_finding', label: t('hasFinding'), options: yesNo } as const] : []),
    momentFilter('quiet_since', t('quietSince')),
  ];
}

function useSelection({ state, userid }: Departure): RowSelection<HeldContact> | undefined {
  const { t } = useTranslation('handoverDesk');
  const may = useCan('handovers:manage');
  if (!may || (state !== 'planned' && state !== 'left')) return undefined;
  return {
    nameOf: ({ name, external_userid }) => t('choose', { name: name || external_userid }),
    refusal: ({ why_not }) => (why_not === null ? undefined : t(`whyNotHint.${why_not}`)),
    bar: (keys, clear) => (
      <BulkBar
        words={t('chosenContacts', { count: keys.length })}
        start={{ from: userid, contacts: keys }}
        clear={clear}
      />
    ),
  };
}
