import { Checkbox, Form, Input, Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type RuleMatcher, useCan } from '../../../../api';
import styles from '../rules.module.css';
import { LinesField, WordListsField, YuanField } from './fields';

interface Props {
  kind: RuleMatcher['kind'];
  /** In the list of matchers. */
  place: number;
}

/** The fields of one matcher. */
export function MatcherFields({ kind, place }: Props) {
  switch (kind) {
    case 'words':
      return <Words place={place} />;
    case 'pattern':
      return <Pattern place={place} />;
    case 'identifier':
    case 'qr':
      return <Classes kind={kind} place={place} />;
    case 'red_packet':
      return <RedPacket place={place} />;
    case 'file':
      return <File place={place} />;
    default:
      return <Allowed kind={kind} place={place} />;
  }
}

type At = Pick<Props, 'place'>;

function Words({ place }: At) {
  const { t } = useTranslation('rules');
  const seesLists = useCan('archive:review');
  return (
    <>
      <Form.Item name={[place, 'lists']} label={t('lists')} extra={t(seesLists ? 'listsHint' : 'listsUnseen')}>
        <WordListsField />
      </Form.Item>
      <Form.Item name={[place, 'words']} label={t('words')} extra={t('oneALine')}>
        <LinesField rows={3} />
      </Form.Item>
      <Form.Item name={[place, 'fuzzy']} label={t('fuzzy')} extra={t('fuzzyHint')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}

function Pattern({ place }: At) {
  const { t } = useTranslation('rules');
  return (
    <Form.Item name={[place, 'pattern']} label={t('pattern')} extra={t('patternHint')}>
      <Input maxLength={500} spellCheck={false} autoComplete="off" />
    </Form.Item>
  );
}

const identifiers = ['mobile', 'bank_card', 'id_card', 'wechat_id', 'email'] as const;
const codes = ['wechat_pay', 'alipay', 'unionpay', 'wechat_person', 'wechat_group', 'wecom', 'other'] as const;

function Classes({ kind, place }: At & { kind: 'identifier' | 'qr' }) {
  const { t } = useTranslation('rules');
  const options =
    kind === 'qr'
      ? codes.map((value) => ({ value, label: t(`qrOf.${value}`) }))
      : identifiers.map((value) => ({ value, label: t(`identifierOf.${value}`) }));
  return (
    <>
      <Form.Item name={[place, 'classes']} label={t('classes')}>
        <Checkbox.Group options={options} />
      </Form.Item>
      <Allowed kind={kind} place={place} />
    </>
  );
}

function Allowed({ kind, place }: At & { kind: 'identifier' | 'qr' | 'card' | 'link' | 'mini_program' }) {
  const { t } = useTranslation('rules');
  return (
    <Form.Item name={[place, 'allowed']} label={t('allowed')} extra={t(`allowedOf.${kind}`)}>
      <LinesField />
    </Form.Item>
  );
}

function RedPacket({ place }: At) {
  const { t } = useTranslation('rules');
  return (
    <div className={styles.pair}>
      <Form.Item name={[place, 'least']} label={t('least_yuan')}>
        <YuanField />
      </Form.Item>
      <Form.Item name={[place, 'direction']} label={t('direction')}>
        <Radio.Group
          options={(['any', 'sent', 'received'] as const).map((value) => ({ value, label: t(`directionOf.${value}`) }))}
        />
      </Form.Item>
    </div>
  );
}

function File({ place }: At) {
  const { t } = useTranslation('rules');
  return (
    <div className={styles.pair}>
      <Form.Item name={[place, 'names']} label={t('names')} extra={t('oneALine')}>
        <LinesField />
      </Form.Item>
      <Form.Item name={[place, 'md5s']} label={t('md5s')} extra={t('md5sHint')}>
        <LinesField />
      </Form.Item>
    </div>
  );
}
