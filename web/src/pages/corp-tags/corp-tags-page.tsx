import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import styles from './corp-tags.module.css';
import { shownGroups } from './shown-groups';
import { TagGroup } from './tag-group';
import { useTagView } from './use-tag-view';

/** The company's tags in their groups, with the number of relations that carry each. */
export function CorpTagsPage() {
  const { t } = useTranslation('corpTags');
  const { view, change } = useTagView();
  const query = { params: { query: view.deleted ? { deleted: 'true' } : {} } };
  const { data, error, refetch } = api.useQuery('get', '/corp-tags', query, { placeholderData: (before) => before });
  const groups = useMemo(() => shownGroups(data?.items ?? [], view), [data, view]);
  const tags = groups.reduce((sum, group) => sum + group.tags.length, 0);
  return (
    <>
      <PageHeader title={t('title')} note={data && t('summary', { groups: groups.length, tags })} />
      <Panel flush>
        <div className={styles.bar}>
          <Input
            className={styles.search ?? ''}
            prefix={<SearchOutlined aria-hidden />}
            allowClear
            defaultValue={view.text}
            placeholder={t('search')}
            aria-label={t('search')}
            onChange={(event) => change({ ...view, text: event.target.value })}
          />
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is a control. */}
          <label className={styles.switch}>
            <Switch size="small" checked={view.deleted} onChange={(deleted) => change({ ...view, deleted })} />
            {t('showDeleted')}
          </label>
        </div>
        {error && <FaultNote error={error} onRetry={() => void refetch()} small={Boolean(data)} />}
        {!data && !error && (
          <div className={styles.loading}>
            <Loading rows={8} />
          </div>
        )}
        {data && groups.length === 0 && <Nothing text={view.text} />}
        {groups.map((group) => (
          <TagGroup key={group.group_id} group={group} />
        ))}
      </Panel>
    </>
  );
}

function Nothing({ text }: { text: string }) {
  const { t } = useTranslation('corpTags');
  if (text) return <Note>{t('noMatch', { text })}</Note>;
  const actions = (
    <Link to="/sync">
      <Button>{t('toSync')}</Button>
    </Link>
  );
  return (
    <Note title={t('empty')} actions={actions}>
      {t('emptyHint')}
    </Note>
  );
}
