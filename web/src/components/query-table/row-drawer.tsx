import { ExpandOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QueryTableProps } from './types';

interface Props<T> {
  drawer: NonNullable<QueryTableProps<T, string>['drawer']>;
  id: string | undefined;
  row: T | undefined;
  href: ((row: T) => string) | undefined;
  onClose(): void;
}

/** The object of a row beside the list. The list stays in reach: no mask, `j` and `k` go on. */
export function RowDrawer<T>({ drawer, id, row, href, onClose }: Props<T>) {
  const { t } = useTranslation('table');
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={drawer.width ?? 560}
      mask={false}
      destroyOnHidden
      // The top bar stays in sight and in reach.
      rootStyle={{ top: 48 }}
      styles={{ header: { padding: '12px 20px' } }}
      title={id === undefined ? null : drawer.title(id, row)}
      extra={
        row &&
        href && (
          <Link to={href(row)}>
            <Button type="text" icon={<ExpandOutlined />}>
              {t('openPage')}
            </Button>
          </Link>
        )
      }
    >
      {id === undefined ? null : drawer.content(id, row)}
    </Drawer>
  );
}
