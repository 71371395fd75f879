import { ExportOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { newExportPath } from '../../lib/paths';

const narrowing = ['conversation_id', 'userid', 'external_userid', 'chat_id', 'from', 'to'];

/** Leads from what is looked for to its export; an export knows no words. */
export function ExportFound() {
  const { t } = useTranslation('search');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  if (!useCan('archive:export')) return null;
  const filters = Object.fromEntries([...search].filter(([key]) => narrowing.includes(key)));
  return (
    <Tooltip title={t('exportHint')} placement="bottomRight">
      <Button icon={<ExportOutlined />} onClick={() => void navigate(newExportPath(filters))}>
        {t('export')}
      </Button>
    </Tooltip>
  );
}
