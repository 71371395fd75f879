import { Modal } from 'antd';
import { useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Facts } from '../components/facts';

const keys = [
  ['?', 'keyHelp'],
  ['/', 'keySearch'],
  ['j', 'keyNext'],
  ['k', 'keyPrevious'],
  ['x', 'keyChoose'],
  ['o', 'keyDrawer'],
  ['Enter', 'keyOpen'],
  ['Esc', 'keyClose'],
] as const;

/** In a conversation, the rows are messages. */
const conversationKeys = [
  ['?', 'keyHelp'],
  ['/', 'keySearchConversation'],
  ['j ↓', 'keyNextMessage'],
  ['k ↑', 'keyPreviousMessage'],
  ['n', 'keyNextHit'],
  ['p', 'keyPreviousHit'],
  ['o', 'keyDetails'],
  ['r', 'keyReview'],
  ['g', 'keyDate'],
  ['Shift G', 'keyLatest'],
  ['Esc', 'keyClose'],
] as const;

const reviewKeys = [
  ['?', 'keyHelp'],
  ['c', 'keyClaim'],
  ['1 2 3 4', 'keyOutcome'],
  ['Ctrl Enter', 'keyDecide'],
  ['n', 'keyNextReview'],
  ['u', 'keyRelease'],
  ['Esc', 'keyClose'],
] as const;

function keysOf(pathname: string) {
  if (/^\/reviews\/./.test(pathname)) return reviewKeys;
  return /^\/conversations\/./.test(pathname) ? conversationKeys : keys;
}

/** `?` lists the keys, on every page. */
export function KeyHelp() {
  const { t } = useTranslation('shell');
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  useHotkeys('?', () => setOpen(true), { useKey: true });
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('keys')} width={400}>
      <Facts items={keysOf(pathname).map(([key, text]) => ({ label: key, value: t(text) }))} />
    </Modal>
  );
}
