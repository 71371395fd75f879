import { HistoryOutlined } from '@ant-design/icons';
import { Button, DatePicker, Drawer, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, isActive, noteRun, type Run } from '../../api';
import { FaultNote, useFaultText } from '../../components/fault-note';
import { FormFault } from '../../components/form-fault';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { RunDuration, RunProgress } from '../../components/run-list';
import { useRequester } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { detailOf, textOf } from '../../lib/detail';
import { dayOf } from '../../lib/time';
import styles from './word-lists.module.css';

const ofKind = { params: { query: { kind: 'archive-word-scan', limit: 20 } } };

/** A changed list looks ahead; here the reader lets it look back. */
export function ScanHistory() {
  const { t } = useTranslation('wordLists');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>
        {t('scan')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('scan')} size={520} destroyOnHidden>
        <Scans />
      </Drawer>
    </>
  );
}

function Scans() {
  const { t } = useTranslation('wordLists');
  const { data, error, refetch } = api.useQuery('get', '/runs', ofKind, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const isRunning = data?.items.some(isActive) ?? false;
  return (
    <div className={styles.sections}>
      <StartScan isRunning={isRunning} />
      <section>
        <h3 className={styles.heading}>{t('scans')}</h3>
        {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
        {!data && !error && <Loading rows={4} />}
        {data?.items.length === 0 && <Note small>{t('neverScanned')}</Note>}
        <ol className={styles.versions}>
          {data?.items.map((run) => (
            <li key={run.id} className={styles.version}>
              <Scan run={run} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

interface Range {
  range: [Dayjs, Dayjs];
}

function StartScan({ isRunning }: { isRunning: boolean }) {
  const { t } = useTranslation('wordLists');
  const textOfFault = useFaultText();
  const [form] = Form.useForm<Range>();
  const start = api.useMutation('post', '/archive/word-scan-runs', {
    onSuccess(run) {
      noteRun(run);
      invalidate('/runs');
    },
  });
  const today = dayjs();
  const back = (days: number): [Dayjs, Dayjs] => [today.subtract(days - 1, 'day'), today];
  const send = ({ range: [from, to] }: Range) =>
    start.mutate({
      body: { from: from.startOf('day').toISOString(), to: to.add(1, 'day').startOf('day').toISOString() },
    });
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ range: back(30) }} onFinish={send}>
      <p className={styles.quiet}>{t('scanHint')}</p>
      <Form.Item name="range" label={t('days')}>
        <DatePicker.RangePicker
          allowClear={false}
          format="YYYY-MM-DD"
          disabledDate={(day) => day.isAfter(today, 'day')}
          presets={[7, 30, 90, 365].map((days) => ({ label: t('lastDays', { count: days }), value: back(days) }))}
        />
      </Form.Item>
      <FormFault text={start.error ? textOfFault(start.error) : undefined} />
      <Button type="primary" htmlType="submit" loading={start.isPending || isRunning}>
        {t(isRunning ? 'scanning' : 'startScan')}
      </Button>
    </Form>
  );
}

function Scan({ run }: { run: Run }) {
  const { t } = useTranslation('wordLists');
  const requesterOf = useRequester();
  const { from, to } = detailOf(run.params);
  const { looked_at, hits } = detailOf(run.result);
  return (
    <div className={styles.versionWords}>
      <div className={styles.versionHead}>
        <span>{spanOf(textOf(from), textOf(to))}</span>
        <RunStateTag state={run.state} />
      </div>
      {isActive(run) && <RunProgress run={run} />}
      {run.state === 'succeeded' && (
        <div>{t('scanned', { looked: Number(looked_at).toLocaleString(), hits: Number(hits).toLocaleString() })}</div>
      )}
      {run.error && <div className={styles.change}>{run.error}</div>}
      <div className={styles.quiet}>
        <TimeText at={run.created_at} /> · {requesterOf(run)} · <RunDuration run={run} />
      </div>
    </div>
  );
}

/** Days of the reader's zone; the end of a scan is not in it. */
const spanOf = (from: string, to: string): string =>
  from && to ? `${dayOf(from)} – ${dayOf(new Date(Date.parse(to) - 1).toISOString())}` : '–';
