import { useTranslation } from 'react-i18next';
import { listOf } from '../../api';
import type { CalendarVersion } from '../../api/working-calendar';
import { Cut } from '../../components/cut';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { hoursText } from './hours';
import { Rules } from './rules';

const source = listOf('/working-calendar/versions');

/** What was once said, newest first. Figures of the past were counted by what held then. */
export function VersionsTab() {
  const { t } = useTranslation('workingCalendar');
  return (
    <QueryTable
      id="calendar-versions"
      source={source}
      rowKey={({ version }) => String(version)}
      columns={useColumns()}
      drawer={{
        title: (version) => t('version', { version }),
        content: (_, row) => row && <Rules rules={row} />,
      }}
      empty={{ title: t('versionsEmpty'), hint: t('usual') }}
    />
  );
}

function useColumns(): QueryColumn<CalendarVersion>[] {
  const { t } = useTranslation('workingCalendar');
  return [
    { key: 'version', title: t('versionTitle'), width: 100, render: ({ version }) => version },
    { key: 'changed_at', title: t('changedAt'), width: 160, render: ({ changed_at }) => <TimeText at={changed_at} /> },
    {
      key: 'changed_by',
      title: t('changedBy'),
      width: 200,
      render: ({ changed_by }) => <Cut text={changed_by ?? '–'} />,
    },
    {
      key: 'monday',
      title: t('day.monday'),
      render: ({ weekdays }) => <Cut text={hoursText(weekdays.monday) || t('rest')} />,
    },
    { key: 'days', title: t('own'), width: 120, align: 'right', render: ({ days }) => days.length },
  ];
}
