import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../components/panel';
import { isEditable } from './field-input';
import { RecordFacts } from './record-facts';
import { RecordForm } from './record-form';
import { fieldsBySection, type Section } from './sections';
import type { RecordRow, RecordType } from './types';

interface Props {
  type: RecordType;
  record: RecordRow;
  /** Shown elsewhere on the page. */
  without?: readonly string[];
  mayEdit: boolean;
}

/** All facts of a record, a panel for each section, each edited in its place. */
export function FactsPanels({ type, record, without, mayEdit }: Props) {
  const [edited, setEdited] = useState<Section>();
  return (
    <>
      {fieldsBySection(type, type.fields).map(([section, fields]) => (
        <FactsPanel
          key={section}
          {...{ type, record, section, without: without ?? [] }}
          isEdited={edited === section}
          mayEdit={mayEdit && fields.some((field) => isEditable(field) && !record.masked.includes(field.key))}
          edit={setEdited}
        />
      ))}
    </>
  );
}

interface PanelProps {
  type: RecordType;
  record: RecordRow;
  section: Section;
  without: readonly string[];
  isEdited: boolean;
  mayEdit: boolean;
  edit(section: Section | undefined): void;
}

function FactsPanel({ type, record, section, without, isEdited, mayEdit, edit }: PanelProps) {
  const { t } = useTranslation('records');
  const name = t(`section.${section}`);
  const close = () => edit(undefined);
  const button = mayEdit && !isEdited && (
    <Button
      type="text"
      size="small"
      icon={<EditOutlined />}
      aria-label={t('editSection', { section: name })}
      onClick={() => edit(section)}
    >
      {t('edit')}
    </Button>
  );
  return (
    <Panel title={name} extra={button}>
      {isEdited ? (
        <RecordForm type={type} record={record} only={[section]} onDone={close} onCancel={close} />
      ) : (
        <RecordFacts type={type} record={record} section={section} without={without} />
      )}
    </Panel>
  );
}
