import { CheckSquareOutlined } from '@ant-design/icons';
import { Button, Drawer, Progress, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isActive, type Run, useRecentRuns } from '../api';
import { RunList } from '../components/run-list';

/** A ring while work runs; opens the list of runs. */
export function RunningWork() {
  const { t } = useTranslation('shell');
  const [open, setOpen] = useState(false);
  const runs = useRecentRuns(true);
  const active = runs.filter(isActive);
  const label = active.length > 0 ? t('runsActive', { count: active.length }) : t('runsIdle');
  return (
    <>
      <Tooltip title={label}>
        <Button
          type="text"
          aria-label={label}
          icon={active.length > 0 ? <Ring runs={active} label={label} /> : <CheckSquareOutlined />}
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('runsTitle')}
        size={480}
        destroyOnHidden
        styles={{ header: { padding: '12px 20px' } }}
      >
        <RunList runs={runs} empty={t('runsEmpty')} onLeave={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function Ring({ runs, label }: { runs: Run[]; label: string }) {
  const done = runs.reduce((sum, { progress }) => sum + progress.done, 0);
  const total = runs.reduce((sum, { progress }) => sum + progress.total, 0);
  // A run that does not know its total yet still shows that something moves.
  const percent = total > 0 ? Math.max(4, Math.min(100, Math.round((done / total) * 100))) : 25;
  const look = { type: 'circle', size: 18, showInfo: false, strokeWidth: 14, status: 'normal' } as const;
  return <Progress {...look} percent={percent} aria-label={label} />;
}
