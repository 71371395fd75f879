import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import styles from './access.module.css';
import { LineForm, type NewLine } from './line-form';

/** A line by hand, or a deputy until a day. */
export function DrawLine({ kind }: { kind: 'line' | 'deputy' }) {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState(false);
  const draw = useDraw(kind);
  const title = t(kind === 'line' ? 'addLine' : 'nameDeputy');
  const send = async (line: NewLine) => {
    await draw(line);
    setOpen(false);
  };
  return (
    <>
      <Button type={kind === 'line' ? 'primary' : 'default'} onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={480} title={title}>
        <p className={styles.hint}>{t(kind === 'line' ? 'addLineHint' : 'nameDeputyHint')}</p>
        <LineForm kind={kind} submit={title} onCancel={() => setOpen(false)} onSubmit={send} />
      </Modal>
    </>
  );
}

function useDraw(kind: 'line' | 'deputy') {
  const { t } = useTranslation('access');
  const { message } = App.useApp();
  const addLine = api.useMutation('post', '/reporting-edges');
  const nameDeputy = api.useMutation('post', '/deputies');
  return async ({ superior, userid, until = '' }: NewLine) => {
    if (kind === 'line') await addLine.mutateAsync({ body: { superior, userid } });
    else await nameDeputy.mutateAsync({ body: { deputy: superior, userid, until } });
    invalidate('/reporting-edges');
    void message.success(t(kind === 'line' ? 'lineAdded' : 'deputyNamed'));
  };
}
