import { ExportOutlined, InsuranceOutlined, MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Conversation, useCan } from '../../../api';
import { newExportPath, newHoldPath } from '../../../lib/paths';

/** What is rarely done with a conversation: taking it away, and keeping it from being purged. */
export function TakeAway({ conversation: { id } }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const [mayExport, mayHold] = [useCan('archive:export'), useCan('archive:hold')];
  const filters = { conversation_id: id };
  const items = [
    ...(mayExport
      ? [{ key: 'export', icon: <ExportOutlined />, label: <Link to={newExportPath(filters)}>{t('export')}</Link> }]
      : []),
    ...(mayHold
      ? [{ key: 'hold', icon: <InsuranceOutlined />, label: <Link to={newHoldPath(filters)}>{t('hold')}</Link> }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button icon={<MoreOutlined />} aria-label={t('more')} />
    </Dropdown>
  );
}
