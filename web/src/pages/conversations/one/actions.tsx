import { CalendarOutlined, SearchOutlined, VerticalAlignBottomOutlined } from '@ant-design/icons';
import { Button, DatePicker, Tooltip } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Conversation } from '../../../api';
import { externalContactPath } from '../../../components/external-person';
import { groupChatPath, staffPath } from '../../../lib/paths';
import { dayOf } from '../../../lib/time';
import styles from './conversation.module.css';
import { SendToReview } from './send-to-review';
import { TakeAway } from './take-away';
import type { Start } from './use-start';

/** Where else this conversation leads, and jumps within it. */
export function Actions({ conversation, start }: { conversation: Conversation; start: Start }) {
  const { t } = useTranslation('conversations');
  const navigate = useNavigate();
  const search = () => void navigate(`/messages?conversation_id=${encodeURIComponent(conversation.id)}`);
  useHotkeys('shift+g', start.toLatest);
  useHotkeys('/', search, { useKey: true, preventDefault: true });
  return (
    <>
      <Links conversation={conversation} />
      <SendToReview conversation={conversation} messageId={start.marked} hotkey="r" />
      <Tooltip title={t('search')}>
        <Button icon={<SearchOutlined />} aria-label={t('search')} onClick={search} />
      </Tooltip>
      <DateJump conversation={conversation} onDay={start.toDay} />
      <Tooltip title={t('toLatest')}>
        <Button icon={<VerticalAlignBottomOutlined />} aria-label={t('toLatest')} onClick={start.toLatest} />
      </Tooltip>
      <TakeAway conversation={conversation} />
    </>
  );
}

function Links({ conversation: { userid, external_userid, chat_id } }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  return (
    <span className={styles.links}>
      {external_userid && <Link to={externalContactPath(external_userid)}>{t('profile')}</Link>}
      {chat_id && <Link to={groupChatPath(chat_id)}>{t('group')}</Link>}
      {userid && <Link to={staffPath(userid)}>{t('member')}</Link>}
    </span>
  );
}

interface JumpProps {
  conversation: Conversation;
  onDay(day: string): void;
}

/** `g` opens the calendar; only days on which the conversation went on can be chosen. */
function DateJump({ conversation, onDay }: JumpProps) {
  const { t } = useTranslation('conversations');
  const [open, setOpen] = useState(false);
  useHotkeys('g', () => setOpen(true), { preventDefault: true });
  const first = dayjs(conversation.first_message_at);
  const last = dayjs(conversation.last_message_at);
  return (
    <span className={styles.jump}>
      <Tooltip title={open ? '' : t('goToDate')}>
        <Button icon={<CalendarOutlined />} aria-label={t('goToDate')} onClick={() => setOpen(!open)} />
      </Tooltip>
      <DatePicker
        className={styles.hiddenPicker ?? ''}
        open={open}
        onOpenChange={setOpen}
        tabIndex={-1}
        aria-hidden
        allowClear={false}
        defaultPickerValue={last}
        placement="bottomRight"
        disabledDate={(day) => day.isBefore(first, 'day') || day.isAfter(last, 'day')}
        onChange={(day: Dayjs | null) => {
          setOpen(false);
          if (day) onDay(dayOf(day.toISOString()));
        }}
      />
    </span>
  );
}
