import { SearchOutlined } from '@ant-design/icons';
import { Input, Segmented, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupChatDetail } from '../../../api';
import { Note } from '../../../components/note';
import { Panel } from '../../../components/panel';
import styles from './chat.module.css';
import { type Member, useMemberColumns } from './use-member-columns';

const pageSize = 50;
const sides = ['all', 'staff', 'external'] as const;
type Side = (typeof sides)[number];

/** Who is in the group now. A group has 500 members at most, so they are searched here. */
export function Members({ chat }: { chat: GroupChatDetail }) {
  const { t } = useTranslation('groupChats');
  const [side, setSide] = useState<Side>('all');
  const [typed, setTyped] = useState('');
  const columns = useMemberColumns(chat);
  const shown = useMemo(() => chat.members.filter(fitting(side, typed)), [chat.members, side, typed]);
  return (
    <Panel title={t('members')} flush extra={<SideSwitch side={side} onChange={setSide} />}>
      {chat.members.length === 0 ? (
        <Note small>{t('membersEmpty')}</Note>
      ) : (
        <>
          <div className={styles.memberBar}>
            <Input
              prefix={<SearchOutlined aria-hidden />}
              allowClear
              value={typed}
              placeholder={t('membersSearch')}
              aria-label={t('membersSearch')}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <Table<Member>
            className={styles.members ?? ''}
            size="small"
            tableLayout="fixed"
            rowKey="userid"
            dataSource={shown}
            columns={columns}
            scroll={{ x: 480 }}
            pagination={{ pageSize, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
            locale={{ emptyText: t('membersNoMatch') }}
          />
        </>
      )}
    </Panel>
  );
}

function SideSwitch({ side, onChange }: { side: Side; onChange(side: Side): void }) {
  const { t } = useTranslation('groupChats');
  return (
    <Segmented<Side>
      size="small"
      value={side}
      onChange={onChange}
      options={sides.map((value) => ({ value, label: t(`side.${value}`) }))}
    />
  );
}

const fitting =
  (side: Side, typed: string) =>
  ({ type, name, nickname, userid }: Member): boolean => {
    const wanted = typed.trim().toLowerCase();
    if (side !== 'all' && type !== side) return false;
    return !wanted || [name, nickname, userid].some((text) => text.toLowerCase().includes(wanted));
  };
