import { ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { HandoverItem } from '../../../api/handovers';
import { Cut } from '../../../components/cut';
import { StaffName } from '../../../components/names';
import type { QueryColumn } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { ItemStateTag } from '../parts/plan-tags';
import { Subject } from '../parts/subject';
import { usePlanWords } from '../parts/use-plan-words';
import styles from './one.module.css';
import type { Plan } from './types';

type Column = QueryColumn<HandoverItem>;

function useShared({ from }: Plan) {
  const { t } = useTranslation('handoverPlans');
  return {
    name: { key: 'name', title: t('itemName'), render: (item) => <Subject item={item} /> } satisfies Column,
    from: {
      ...{ key: 'from', title: t('from'), width: 130, hidden: from.length === 1 },
      render: ({ from_userid, from_name }) => <Cut text={from_name || from_userid} />,
    } satisfies Column,
    to: {
      ...{ key: 'to', title: t('to'), width: 140 },
      render: ({ to_userid, to_name }) =>
        to_userid === null ? <span className={styles.person}>{t('nobody')}</span> : <Cut text={to_name || to_userid} />,
    } satisfies Column,
    second: {
      ...{ key: 'second', title: t('second'), width: 120, hidden: true },
      render: ({ second_userid }) => (second_userid === null ? '–' : <StaffName userid={second_userid} />),
    } satisfies Column,
  };
}

/** While it is planned: who gets it, why, and what to mind. */
export function useDraftColumns(plan: Plan): Column[] {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const { name, from, to, second } = useShared(plan);
  return [
    name,
    from,
    to,
    { key: 'why', title: t('why'), width: 160, render: ({ because }) => <Cut text={words.because(because)} /> },
    {
      ...{ key: 'warnings', title: t('warnings'), width: 190 },
      render: ({ warnings }) =>
        warnings.length === 0 ? (
          <span className={styles.quiet}>–</span>
        ) : (
          <span className={styles.warned}>
            <ExclamationCircleOutlined aria-hidden /> <Cut text={warnings.map(words.warning).join(' · ')} />
          </span>
        ),
    },
    second,
  ];
}

/** Once it has gone out: how far it is, and what to do about it. */
export function useLedgerColumns(plan: Plan): Column[] {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const { name, from, to, second } = useShared(plan);
  return [
    name,
    from,
    to,
    { key: 'state', title: t('stateTitle'), width: 130, render: ({ state }) => <ItemStateTag state={state} /> },
    {
      ...{ key: 'what', title: t('lastChange'), width: 320 },
      render: (item) => <What item={item} />,
    },
    {
      ...{ key: 'since', title: t('settled'), width: 130 },
      render: ({ settled_at }) => <TimeText at={settled_at} />,
    },
    {
      ...{ key: 'takeover', title: t('takeover'), width: 130, hidden: true },
      render: ({ takeover_at }) => <TimeText at={takeover_at} />,
    },
    {
      ...{ key: 'warnings', title: t('warnings'), width: 200, hidden: true },
      render: ({ warnings }) => <Cut text={warnings.map(words.warning).join(' · ') || '–'} />,
    },
    second,
  ];
}

/** In a few words what comes next, or why it did not arrive and what helps. */
function What({ item }: { item: HandoverItem }) {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const cause = words.cause(item);
  const advice = item.advice === null ? '' : words.advice(item.advice);
  if (cause || advice) return <Cut text={[cause, advice].filter(Boolean).join(t('causeSeparator'))} />;
  if (item.state === 'waiting') return <Moment text={t('effectsAt')} at={item.takeover_at} />;
  if (item.state === 'planned' && item.not_before) return <Moment text={t('notBeforeAt')} at={item.not_before} />;
  return <span className={styles.quiet}>{item.carry === null ? '–' : t(`carryOf.${item.carry}`)}</span>;
}

function Moment({ text, at }: { text: string; at: string | null }) {
  return (
    <span className={styles.quiet}>
      {text} <TimeText at={at} />
    </span>
  );
}
