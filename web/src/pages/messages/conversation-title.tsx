import { useTranslation } from 'react-i18next';
import { api } from '../../api';

/** A conversation by the names of who takes part; its id until they are known. */
export function ConversationTitle({ id }: { id: string }) {
  const { t } = useTranslation('conversations');
  const path = { params: { path: { id } } };
  const { data } = api.useQuery('get', '/conversations/{id}', path, { enabled: id !== '', staleTime: 300_000 });
  if (!data) return <code>{id}</code>;
  if (data.kind === 'group') return <bdi>{data.name ?? t('unnamedGroup')}</bdi>;
  return <bdi>{data.people.map(({ id: person, name }) => name ?? person).join(` ${t('with')} `)}</bdi>;
}
