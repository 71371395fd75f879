import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '../../api/working-calendar';
import { CalendarForm } from './calendar-form';

export function EditButton({ calendar }: { calendar: WorkingCalendar }) {
  const { t } = useTranslation('workingCalendar');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('edit')}
      </Button>
      <Drawer open={isOpen} onClose={close} title={t('edit')} size={640} destroyOnHidden mask={{ closable: false }}>
        <CalendarForm calendar={calendar} onClose={close} />
      </Drawer>
    </>
  );
}
