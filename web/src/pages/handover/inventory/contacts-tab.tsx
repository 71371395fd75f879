import { useTranslation } from 'react-i18next';
import { type FilterOf, listOf, useCan } from '../../../api';
import type { Departure, HeldContact } from '../../../api/departures';
import { externalContactPath } from '../../../components/external-person';
import { momentFilter, type QueryFilter, QueryTable } from '../../../components/query-table';
import { tagFilter } from '../../external-contacts/tag-filter';
import { BulkBar } from './bulk-bar';
import { useBoxSelection } from './use-box-selection';
import { useContactColumns } from './use-contact-columns';
import { useHandoverFilter } from './use-handover-filter';

type Filter = FilterOf<'/departures/{id}/external-contacts'>;
const states = ['active', 'unassigned', 'deleted_by_external', 'half', 'out_of_scope', 'missing'] as const;

/** The external contacts of somebody who leaves. */
export function ContactsTab({ departure }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const { chosen, clear, selection } = useBoxSelection<HeldContact>(
    departure,
    ({ name, external_userid, why_not }) => ({
      name: t('choose', { name: name || external_userid }),
      refusal: why_not === null ? undefined : t(`whyNotHint.${why_not}`),
    }),
  );
  return (
    <div>
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
      {chosen.length > 0 && (
        <BulkBar
          words={t('chosenContacts', { count: chosen.length })}
          start={{ from: departure.userid, contacts: chosen }}
          clear={clear}
        />
      )}
    </div>
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
