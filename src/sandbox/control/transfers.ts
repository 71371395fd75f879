import type { Company } from '../company';
import { requestTransfer, settleTransfers } from '../transfers';
import type { TransferOutcome } from '../world/types';
import { mustStaff, NotPossible } from './support';

export interface TransferOrder {
  /** A serving member, or one who left. */
  handover_userid: string;
  takeover_userid: string;
  external_userids: string[];
}

/** What the administrator orders in the console instead of through the API. */
export const transferOperations = (company: Company) => ({
  /** Starts transfers; whether they are in-service or after a resignation follows from the handover. */
  transferCustomers(order: TransferOrder): { external_userid: string; errcode: number }[] {
    const left = company.world.findDeparted(order.handover_userid);
    const handover = left ?? mustStaff(company, order.handover_userid);
    const takeover = mustStaff(company, order.takeover_userid);
    if (handover === takeover) throw new NotPossible('Nobody takes over from themselves');
    return order.external_userids.map((external_userid) => ({
      external_userid,
      errcode: requestTransfer(
        company,
        { handover, takeover, external_userid, resigned: left !== undefined },
        'client',
      ),
    }));
  },

  /** Decides how the next transfer of this customer ends. */
  planTransfer({ external_userid, outcome }: { external_userid: string; outcome: TransferOutcome }): void {
    company.world.plannedOutcomes.set(external_userid, outcome);
  },

  /** Settles what is due now; every request and every advance of the clock does so too. */
  settleTransfers: (): void => settleTransfers(company),
});
