import { RecordPage, textOf } from '../../../records';
import { Checklist } from './checklist';
import { LeadActions } from './lead-actions';
import { Outcome } from './outcome';
import { Touches } from './touches';

const shownApart = ['checklist', 'converted_customer_id', 'converted_contact_id'];

/** One lead, from the first touch to a customer. */
export const LeadPage = () => (
  <RecordPage
    of="lead"
    without={shownApart}
    isClosed={(lead) => textOf(lead, 'status') === 'converted'}
    actions={(part) => <LeadActions {...part} />}
    parts={(part) => (
      <>
        <Outcome lead={part.record} />
        <Checklist {...part} />
        <Touches {...part} />
      </>
    )}
  />
);
