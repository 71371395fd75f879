import type { Company } from '../company';

export const payOperations = ({ bank }: Company) => ({
  /** Somebody pays an order, and the bank tells of it `times` times at once; `silent`: nobody is told. */
  pay: (payment: { out_trade_no: string; silent?: boolean; times?: number }) => bank.pay(payment),
});
