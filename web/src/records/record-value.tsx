import { EyeInvisibleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Cut } from '../components/cut';
import { MaskedText, MaskedTexts } from '../components/masked';
import { Person } from '../components/person';
import { PersonLink } from '../components/person-link';
import { TimeText } from '../components/time-text';
import { staffPath } from '../lib/paths';
import { useWord } from '../lib/use-word';
import { CategoryName } from './category';
import { DictionaryLabel } from './dictionary';
import { moneyText } from './money';
import { objectText } from './object-text';
import { recordPath } from './paths';
import { RecordState } from './record-state';
import styles from './records.module.css';
import { nameKey, type RecordField, type RecordRow, type RecordType, textOf } from './types';
import { useRecordWords } from './use-record-words';

interface Props {
  type: RecordType;
  field: RecordField;
  record: RecordRow;
  /** In a table: one line. */
  inline?: boolean;
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The value of a field, drawn as its type wants it. */
export function RecordValue({ type, field, record, inline = false }: Props) {
  const value = record[field.key];
  if (isNothing(value)) return record.masked.includes(field.key) ? <Covered /> : <Nothing />;
  const special = specials[field.key]?.(String(value));
  if (special) return special;
  return <Typed type={type} field={field} record={record} inline={inline} />;
}

const specials: Record<string, (value: string) => ReactNode> = {
  external_userid: (value) => <PersonLink id={value} />,
  category_id: (value) => <CategoryName id={value} />,
};

const Nothing = () => <span className={styles.quiet}>–</span>;

/** There may be something, and it is not for this reader. */
function Covered() {
  const { t } = useTranslation('records');
  const { t: tc } = useTranslation();
  return (
    <Tooltip title={tc('masked')}>
      <span className={styles.covered}>
        <EyeInvisibleOutlined aria-hidden /> {t('covered')}
      </span>
    </Tooltip>
  );
}

function Typed(props: Props) {
  const { type, field, record, inline } = props;
  const value = record[field.key];
  const text = String(value);
  switch (field.type) {
    case 'dictionary':
      return record.masked.includes(field.key) ? (
        <MaskedText text={text} />
      ) : (
        <DictionaryLabel dictionary={field.dictionary ?? ''} code={text} />
      );
    case 'choice':
      return <Choice {...props} />;
    case 'staff':
      return <Person id={text} name={textOf(record, nameKey(field.key))} to={staffPath(text)} />;
    case 'record':
      return <RecordLink of={field.of ?? ''} id={text} name={textOf(record, nameKey(field.key))} />;
    case 'phones':
      return <MaskedTexts texts={value as string[]} />;
    case 'instant':
      return <TimeText at={text} />;
    case 'long_text':
      return inline ? <Cut text={text} /> : <p className={styles.long}>{text}</p>;
    default:
      return <Plain type={type} field={field} record={record} />;
  }
}

function Plain({ field, record }: Props) {
  const { t, i18n } = useTranslation('records');
  const wordOf = useWord('records');
  const value = record[field.key];
  const text = String(value);
  switch (field.type) {
    case 'money':
      return <span className={styles.number}>{moneyText(Number(value), record.currency, i18n.language)}</span>;
    case 'boolean':
      return <>{value ? t('yes') : t('no')}</>;
    case 'object':
      return <Cut text={objectText(value, wordOf)} />;
    case 'url':
      return (
        <a href={text} target="_blank" rel="noreferrer noopener" onClick={(event) => event.stopPropagation()}>
          <Cut text={text} />
        </a>
      );
    default:
      return record.masked.includes(field.key) ? <MaskedText text={text} /> : <Cut text={text} />;
  }
}

function Choice({ type, field, record }: Props) {
  const words = useRecordWords();
  const value = textOf(record, field.key);
  if (record.masked.includes(field.key)) return <MaskedText text={value} />;
  if (field.key === 'status') return <RecordState type={type} status={value} />;
  return <>{words.choice(type, field.key, value)}</>;
}

/** Another record by its name; without a name it is not the reader's to see. */
export function RecordLink({ of, id, name }: { of: string; id: string; name: string }) {
  const { t } = useTranslation('records');
  if (!name) return <span className={styles.quiet}>{t('notYours')}</span>;
  return (
    <Link to={recordPath(of, id)} onClick={(event) => event.stopPropagation()}>
      <Cut text={name} />
    </Link>
  );
}
