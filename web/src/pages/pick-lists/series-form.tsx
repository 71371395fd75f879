import { App, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type NumberSeries } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { useSettled } from '../../lib/use-settled';
import { useWord } from '../../lib/use-word';
import { FormDialog } from './form-dialog';
import { type Part, PartsField } from './parts-field';
import styles from './pick-lists.module.css';

const resets = ['day', 'month', 'year', 'never'] as const;
type Pattern = Pick<NumberSeries, 'parts' | 'resets'>;

/** How numbers look from now on, with the next ones as they would be. */
export function SeriesForm({ series, onClose }: { series: NumberSeries; onClose(): void }) {
  const { t } = useTranslation('pickLists');
  const wordOf = useWord('pickLists');
  const { message } = App.useApp();
  const [form] = Form.useForm<Pick<Pattern, 'resets'>>();
  const [parts, setParts] = useState<Part[]>(series.parts);
  const reset = Form.useWatch('resets', form) ?? series.resets;
  const change = api.useMutation('put', '/number-series/{key}', { onSuccess: () => invalidate('/number-series') });
  const { key, version } = series;
  const path = { params: { path: { key } } };
  return (
    <FormDialog
      title={t('editSeries', { name: wordOf(`seriesOf.${key}`) ?? key })}
      form={form}
      initial={{ resets: series.resets }}
      names={['resets']}
      submit={t('save')}
      width={560}
      onClose={onClose}
      onSubmit={async (fields) => {
        const { next } = await change.mutateAsync({ ...path, body: { ...fields, parts, version } });
        void message.success(t('seriesChanged', { next }));
        onClose();
      }}
    >
      <Form.Item label={t('pattern')}>
        <PartsField parts={parts} onChange={setParts} />
      </Form.Item>
      <Form.Item name="resets" label={t('resets')}>
        <Select options={resets.map((value) => ({ value, label: t(`resetsOf.${value}`) }))} />
      </Form.Item>
      <Preview of={key} pattern={{ parts, resets: reset }} />
    </FormDialog>
  );
}

/** Asks the server, which knows what was given out; once the reader has stopped typing. */
function Preview({ of, pattern }: { of: string; pattern: Pattern }) {
  const { t } = useTranslation('pickLists');
  const faultText = useFaultText();
  const settled = useSettled(JSON.stringify(pattern), 300);
  const { data, error } = api.useQuery(
    'post',
    '/number-series/{key}/preview',
    { params: { path: { key: of } }, body: JSON.parse(settled) as Pattern },
    { retry: false, placeholderData: (before) => before },
  );
  return (
    <div className={styles.preview} aria-live="polite">
      <span className={styles.quiet}>{t('preview')}</span>
      <span className={styles.numbers}>
        {error ? (
          <span className={styles.clash}>{faultText(error)}</span>
        ) : (
          data?.numbers.map((number) => <code key={number}>{number}</code>)
        )}
      </span>
      {!error && <span className={styles.quiet}>{t('previewHint')}</span>}
    </div>
  );
}
