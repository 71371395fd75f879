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
import { useItemFilter } from './use-item-filter';

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
  const giveLabel = (name: string) => t('assignToName', { name: count === undefined ? name : `${name} (${count})` });
  return (
    <Panel title={t('takersSide')} className={styles.takers}>
      {mayChange && <p className={styles.hint}>{t('dragHint')}</p>}
      <ul className={styles.takerList}>
        {takers.map((taker) => {
          const name = taker.name || taker.userid;
          return (
            <Zone key={taker.userid} isOpen={isDragging} onDrop={() => void onAssign({ userid: taker.userid, name })}>
              <TakerCard taker={taker} most={most} />
              <ZoneActs
                showLabel={t('showTheirs', { name })}
                onShow={() => show({ to_userid: taker.userid })}
                give={mayChange && hasItems ? giveLabel(name) : undefined}
                onGive={() => void onAssign({ userid: taker.userid, name })}
              />
            </Zone>
          );
        })}
        <Zone isOpen={isDragging} onDrop={() => void onAssign(null)}>
          <span className={without_successor > 0 ? styles.person : styles.quiet}>
            {t('nobody')} {without_successor.toLocaleString()}
          </span>
          <ZoneActs
            showLabel={t('showNobodys')}
            onShow={() => show({ without_successor: 'true' })}
            give={mayChange && hasItems ? t('assignToNobody') : undefined}
            onGive={() => void onAssign(null)}
          />
        </Zone>
      </ul>
      {mayChange && hasItems && !isDragging && (
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

function TakerCard({ taker, most }: { taker: Taker; most: number }) {
  const { t } = useTranslation('handoverPlans');
  return (
    <>
      <span className={styles.takerHead}>
        <Person id={taker.userid} name={taker.name} size={20} />
        <span className={styles.takerCount}>
          {t('contacts', { count: taker.external_contacts })} · {t('groups', { count: taker.group_chats })}
        </span>
      </span>
      <LoadBar taker={taker} most={most} />
    </>
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
  give: string | undefined;
  onGive(): void;
}

function ZoneActs({ showLabel, onShow, give, onGive }: ActsProps) {
  return (
    <span className={styles.zoneActs}>
      {give && (
        <Button size="small" className={styles.give ?? ''} onClick={onGive} title={give}>
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
