import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { type WordListFields, WordListForm } from './word-list-form';

const blank: WordListFields = { name: '', category: 'other', enabled: true, words: [] };

export function CreateWordList() {
  const { t } = useTranslation('wordLists');
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const create = api.useMutation('post', '/archive/word-lists', {
    onSuccess: ({ name }) => {
      void message.success(t('created', { name }));
      invalidate('/archive/word-lists');
      close();
    },
  });
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {t('create')}
      </Button>
      <Modal open={open} onCancel={close} footer={null} destroyOnHidden mask={{ closable: false }} title={t('create')}>
        <WordListForm
          initial={blank}
          submit={t('create')}
          onCancel={close}
          onSubmit={(body) => create.mutateAsync({ body })}
        />
      </Modal>
    </>
  );
}
