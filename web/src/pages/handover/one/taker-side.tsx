import { FilterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel';
import { Person } from '../../../components/person';
import { LoadBar, mostOf, type Taker } from '../parts/load-bar';
import { TakerSelect } from '../parts/taker-select';
import styles from './one.module.css';
import type { Plan } from './types';
import { type Shown, useItemFilter } from './use-item-filter';

type Assign = (to: { userid: string; name: string } | null) => Promise<void>;

interface Props {
  plan: Plan;
  mayChange: boolean;
  isDragging: boolean;
  hasItems: boolean;
  /** Of what is chosen or dragged; not known for whatever a filter fits. */
  count: number | undefined;
  onAssign: Assign;
}

/** Who takes over how much. Rows are dropped here; whoever prefers keys chooses rows and presses the button. */
export function TakerSide({ plan: { summary, from }, mayChange, isDragging, hasItems, count, onAssign }: Props) {
  const { t } = useTranslation('handoverPlans');
  const { show } = useItemFilter();
  const { by_successor: takers, without_successor } = summary;
  const most = mostOf(takers);
  const giving = count === undefined ? t('give') : t('giveCount', { count });
  const isGiving = mayChange && hasItems;
  const actsOf = (showLabel: string, filter: Shown, to: Parameters<Assign>[0]) => (
    <ZoneActs
      showLabel={showLabel}
      onShow={() => show(filter)}
      give={isGiving ? (to === null ? t('assignToNobody') : giving) : undefined}
      giveLabel={to === null ? t('assignToNobody') : t('assignToName', { name: to.name })}
      onGive={() => void onAssign(to)}
    />
  );
  return (
    <Panel title={t('takersSide')} className={styles.takers}>
      {mayChange && <p className={styles.hint}>{t('dragHint')}</p>}
      <ul className={styles.takerList}>
        {takers.map((taker) => {
          const { userid } = taker;
          const name = taker.name || userid;
          const to = { userid, name };
          return (
            <Zone key={userid} isOpen={isDragging} onDrop={() => void onAssign(to)}>
              <span className={styles.takerHead}>
                <Person id={userid} name={name} size={20} />
                {!isGiving && <Count taker={taker} />}
                {actsOf(t('showTheirs', { name }), { to_userid: userid }, to)}
              </span>
              <LoadBar taker={taker} most={most} />
            </Zone>
          );
        })}
        <Zone isOpen={isDragging} onDrop={() => void onAssign(null)}>
          <span className={styles.takerHead}>
            <span className={without_successor > 0 ? styles.person : styles.quiet}>
              {t('nobody')} {without_successor.toLocaleString()}
            </span>
            {actsOf(t('showNobodys'), { without_successor: 'true' }, null)}
          </span>
        </Zone>
      </ul>
      {isGiving && (
        <label className={styles.other} htmlFor="other-taker">
          <span className={styles.quiet}>{t('otherTaker')}</span>
          <TakerSelect
            id="other-taker"
            except={from.map(({ userid }) => userid)}
            onChoose={(userid, name) => void onAssign({ userid, name })}
          />
        </label>
      )}
    </Panel>
  );
}

function Count({ taker: { external_contacts, group_chats } }: { taker: Taker }) {
  const { t } = useTranslation('handoverPlans');
  return (
    <span className={styles.takerCount}>
      {t('contacts', { count: external_contacts })} · {t('groups', { count: group_chats })}
    </span>
  );
}

/** Where rows can be let go. */
function Zone({ isOpen, onDrop, children }: { isOpen: boolean; onDrop(): void; children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  return (
    <li
      className={`${styles.zone} ${isOpen ? styles.open : ''} ${isOpen && isOver ? styles.hovered : ''}`}
      onDragOver={(event) => {
        if (!isOpen) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      {children}
    </li>
  );
}

interface ActsProps {
  showLabel: string;
  onShow(): void;
  /** Words of the button; none while nothing is chosen. */
  give: string | undefined;
  giveLabel: string;
  onGive(): void;
}

function ZoneActs({ showLabel, onShow, give, giveLabel, onGive }: ActsProps) {
  return (
    <span className={styles.zoneActs}>
      {give && (
        <Button size="small" aria-label={giveLabel} title={giveLabel} onClick={onGive}>
          {give}
        </Button>
      )}
      <Button
        type="text"
        size="small"
        icon={<FilterOutlined />}
        aria-label={showLabel}
        title={showLabel}
        onClick={onShow}
      />
    </span>
  );
}
