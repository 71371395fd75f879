import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { searchOf, useCan } from '../../api';
import { ExternalPerson, externalContactPath } from '../../components/external-person';
import { ContactName } from '../../components/names';
import { PageHeader } from '../../components/page-header';
import { type QueryFilter, QueryTable, staffFilter } from '../../components/query-table';
import { isNumber } from '../../lib/phone';
import { ContactDrawer } from './contact-drawer';
import { tagFilter } from './tag-filter';
import { useContactColumns } from './use-contact-columns';

const source = searchOf('/external-contacts');
const states = [
  'active',
  'half',
  'deleted_by_staff',
  'deleted_by_external',
  'deleted_by_both',
  'transferred_out',
  'unassigned',
  'out_of_scope',
  'missing',
] as const;

/** Everybody outside the company whom a member follows or followed. */
export function ExternalContactsPage() {
  const { t } = useTranslation('externalContacts');
  const maySync = useCan('sync:start');
  return (
    <>
      <PageHeader title={t('title')} />
      <QueryTable
        id="external-contacts"
        source={source}
        rowKey={(contact) => contact.external_userid}
        search={{ key: 'q', placeholder: t('search'), isPrivate: isNumber }}
        filters={useFilters()}
        columns={useContactColumns()}
        href={(contact) => externalContactPath(contact.external_userid)}
        drawer={{
          title: (id, contact) =>
            contact ? (
              <ExternalPerson contact={{ ...contact, corp_name: null }} link={false} />
            ) : (
              <ContactName externalUserid={id} />
            ),
          content: (id) => <ContactDrawer externalUserid={id} />,
        }}
        empty={{
          title: t('empty'),
          hint: t(maySync ? 'emptyHint' : 'emptyOwn'),
          actions: maySync && (
            <Link to="/sync">
              <Button>{t('toSync')}</Button>
            </Link>
          ),
        }}
      />
    </>
  );
}

function useFilters(): QueryFilter<'userid' | 'state' | 'tag_id'>[] {
  const { t } = useTranslation('externalContacts');
  const { t: ts } = useTranslation('states');
  return [
    staffFilter('userid', t('follower')),
    {
      kind: 'choice',
      key: 'state',
      label: t('state'),
      options: states.map((value) => ({ value, label: ts(`relation.${value}`) })),
    },
    tagFilter('tag_id', t('tag')),
  ];
}
