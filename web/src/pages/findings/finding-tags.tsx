import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DiffOutlined,
  EyeOutlined,
  FireOutlined,
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

const levelLooks: Record<Finding['evidence_level'], { tone: Tone; evidence: Evidence; icon?: ReactNode }> = {
  OFFICIAL: { tone: 'neutral', evidence: 'official', icon: <SafetyCertificateOutlined /> },
  DERIVED: { tone: 'neutral', evidence: 'derived', icon: <DiffOutlined /> },
  CIRCUMSTANTIAL: { tone: 'circumstantial', evidence: 'circumstantial' },
};

/** How we come to know of it; what that means is said on hover. */
export function EvidenceLevelTag({ level }: { level: Finding['evidence_level'] }) {
  const { t } = useTranslation('findings');
  return (
    <StateTag {...levelLooks[level]} title={t(`levelMeans.${level}`)}>
      {t(`levelOf.${level}`)}
    </StateTag>
  );
}
