import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { dayAfter, mondayOf, shanghaiDay } from '../figures';
import styles from '../risk.module.css';

const format = 'YYYY-MM-DD';

/** Any day stands for its week, whatever day a week begins with in the reader's language. */
export function WeekPicker({ from, onPick }: { from: string; onPick(from: string): void }) {
  const { t } = useTranslation('risk');
  const thisWeek = mondayOf(shanghaiDay(new Date()));
  return (
    <span className={styles.week}>
      <Button icon={<LeftOutlined />} aria-label={t('previousWeek')} onClick={() => onPick(dayAfter(from, -7))} />
      <DatePicker
        aria-label={t('pickWeek')}
        value={dayjs(from)}
        format={(day) => {
          const monday = mondayOf(day.format(format));
          return t('weekOf', { from: monday, to: dayAfter(monday, 6) });
        }}
        className={styles.weekField ?? ''}
        inputReadOnly
        allowClear={false}
        disabledDate={(day) => mondayOf(day.format(format)) > thisWeek}
        onChange={(day) => day && onPick(mondayOf(day.format(format)))}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={t('nextWeek')}
        disabled={from >= thisWeek}
        onClick={() => onPick(dayAfter(from, 7))}
      />
    </span>
  );
}
