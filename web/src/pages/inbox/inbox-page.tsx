import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type InboxEvent, listOf } from '../../api';
import { PageHeader } from '../../components/page-header';
import { QueryTable } from '../../components/query-table';
import { EventDrawer, EventTitle } from './event-drawer';
import { useInboxColumns } from './use-inbox-columns';
import { useInboxFilters } from './use-inbox-filters';

const source = listOf('/inbox-events');
const live = { event: 'inbox' as const, keyOf: ({ id }: InboxEvent) => String(id) };
const states = ['pending', 'done', 'ignored', 'parked'] as const;

/** Every callback as it was stored, what became of it, and why. */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const { t: ts } = useTranslation('states');
  return (
    <>
      <PageHeader title={t('title')} />
      <QueryTable
        id="inbox"
        source={source}
        rowKey={({ id }) => String(id)}
        tabs={{
          kind: 'choice',
          key: 'state',
          label: t('state'),
          options: states.map((value) => ({ value, label: ts(`inbox.${value}`) })),
        }}
        filters={useInboxFilters()}
        columns={useInboxColumns()}
        live={live}
        drawer={{
          width: 640,
          title: (id) => <EventTitle id={Number(id)} />,
          content: (id) => <EventDrawer key={id} id={Number(id)} />,
        }}
        empty={{
          title: t('empty'),
          hint: t('emptyHint'),
          actions: (
            <Link to="/settings">
              <Button>{t('toSettings')}</Button>
            </Link>
          ),
        }}
      />
    </>
  );
}
