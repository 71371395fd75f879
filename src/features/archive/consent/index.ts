import {
  ArchiveConsent,
  ArchiveConsentNow,
  ArchiveNotice,
  ArchiveNoticeConfirmation,
  ArchiveSeat,
} from './consent.entity';
import { consentRoutes } from './consent.routes';

export const consentFeature = {
  name: 'consent',
  entities: [ArchiveConsent, ArchiveConsentNow, ArchiveSeat, ArchiveNotice, ArchiveNoticeConfirmation],
  routes: consentRoutes,
};
export { type Consent, createConsent } from './consent.feature';
export type { ConsentApi } from './polling';
