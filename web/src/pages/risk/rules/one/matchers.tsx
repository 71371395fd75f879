import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RuleMatcher } from '../../../../api';
import { Note } from '../../../../components/note';
import { blankMatcher, kinds } from '../rule-words';
import styles from '../rules.module.css';
import { MatcherFields } from './matcher-fields';

const name = ['definition', 'matchers'];
const most = 20;

/** What is looked for: a card each. */
export function Matchers({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation('rules');
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <>
          {fields.length === 0 && <Note small>{t('noMatcher')}</Note>}
          <ul className={styles.matchers}>
            {fields.map((field) => (
              <li key={field.key} className={styles.matcher}>
                <Matcher place={field.name} {...(isReadOnly ? {} : { onRemove: () => remove(field.name) })} />
              </li>
            ))}
          </ul>
          {!isReadOnly && fields.length < most && <Add onAdd={add} />}
        </>
      )}
    </Form.List>
  );
}

function Matcher({ place, onRemove }: { place: number; onRemove?: () => void }) {
  const { t } = useTranslation('rules');
  const kind: RuleMatcher['kind'] | undefined = Form.useFormInstance().getFieldValue([...name, place, 'kind']);
  if (!kind) return null;
  return (
    <>
      <div className={styles.matcherHead}>
        <h3 className={styles.matcherName}>{t(`kindOf.${kind}`)}</h3>
        <span className={styles.matcherHint}>{t(`kindHint.${kind}`)}</span>
        {onRemove && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={`${t('remove')} ${t(`kindOf.${kind}`)}`}
            title={t('remove')}
            onClick={onRemove}
          />
        )}
      </div>
      <MatcherFields kind={kind} place={place} />
    </>
  );
}

function Add({ onAdd }: { onAdd(matcher: RuleMatcher): void }) {
  const { t } = useTranslation('rules');
  const items = kinds.map((kind) => ({
    key: kind,
    label: (
      <span className={styles.kind}>
        <span>{t(`kindOf.${kind}`)}</span>
        <span className={styles.quiet}>{t(`kindHint.${kind}`)}</span>
      </span>
    ),
    onClick: () => onAdd(blankMatcher(kind)),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button icon={<PlusOutlined />}>{t('add')}</Button>
    </Dropdown>
  );
}
