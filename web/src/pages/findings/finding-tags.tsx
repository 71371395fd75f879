import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DiffOutlined,
  EyeOutlined,
  FireOutlined,
  MobileOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../api/findings';
import { type Evidence, StateTag, type Tone } from '../../components/state-tag';

export const findingStates = ['open', 'reviewing', 'confirmed', 'cleared', 'escalated'] as const;
export const severities = ['lead', 'low', 'medium', 'high', 'critical'] as const;

const stateTones: Record<Finding['state'], Tone> = {
  open: 'person',
  reviewing: 'active',
  confirmed: 'lost',
  cleared: 'proved',
  escalated: 'person',
};

export function FindingStateTag({ state }: { state: Finding['state'] }) {
  const { t } = useTranslation('findings');
  return (
    <StateTag tone={stateTones[state]} icon={state === 'escalated' ? <ArrowUpOutlined /> : undefined}>
      {t(`state.${state}`)}
    </StateTag>
  );
}

const severityLooks: Record<Finding['severity'], { tone: Tone; icon?: ReactNode }> = {
  lead: { tone: 'neutral', icon: <EyeOutlined /> },
  low: { tone: 'active', icon: <ArrowDownOutlined /> },
  medium: { tone: 'person' },
  high: { tone: 'lost', icon: <ArrowUpOutlined /> },
  critical: { tone: 'lost', icon: <FireOutlined /> },
};

export function SeverityTag({ severity }: { severity: Finding['severity'] }) {
  const { t } = useTranslation('findings');
  return <StateTag {...severityLooks[severity]}>{t(`severityOf.${severity}`)}</StateTag>;
}

type Level = Finding['evidence_level'] | 'DEVICE';

const levelLooks: Record<Level, { tone: Tone; evidence: Evidence; icon?: ReactNode }> = {
  OFFICIAL: { tone: 'neutral', evidence: 'official', icon: <SafetyCertificateOutlined /> },
  DERIVED: { tone: 'neutral', evidence: 'derived', icon: <DiffOutlined /> },
  CIRCUMSTANTIAL: { tone: 'circumstantial', evidence: 'circumstantial' },
  DEVICE: { tone: 'neutral', evidence: 'official', icon: <MobileOutlined /> },
};

/** How we come to know of it. What a device signs is as good as official, and still not WeCom's word. */
export const levelOf = ({ detector, evidence_level }: Pick<Finding, 'detector' | 'evidence_level'>): Level =>
  detector === 'LOCAL_CHAT_DELETED' ? 'DEVICE' : evidence_level;

/** What the level means is said on hover. */
export function EvidenceLevelTag({ finding }: { finding: Pick<Finding, 'detector' | 'evidence_level'> }) {
  const { t } = useTranslation('findings');
  const level = levelOf(finding);
  return (
    <StateTag {...levelLooks[level]} title={t(`levelMeans.${level}`)}>
      {t(`levelOf.${level}`)}
    </StateTag>
  );
}
