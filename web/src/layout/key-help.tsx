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
  ['g', 'keyDate'],
  ['Shift G', 'keyLatest'],
  ['Esc', 'keyClose'],
] as const;

/** `?` lists the keys, on every page. */
export function KeyHelp() {
  const { t } = useTranslation('shell');
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const shown = /^\/conversations\/./.test(pathname) ? conversationKeys : keys;
  useHotkeys('?', () => setOpen(true), { useKey: true });
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('keys')} width={400}>
      <Facts items={shown.map(([key, text]) => ({ label: key, value: t(text) }))} />
    </Modal>
  );
}
