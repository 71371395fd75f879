/** Somebody of staff and somebody outside. */
export interface Pair {
  userid: string;
  external_userid: string;
}

/** Money that the company knows of. */
export interface MoneyRecord {
  kind: 'order' | 'payment' | 'bill';
  id: string;
  /** In fen. */
  amount: number;
}

/** Where the company's own books are asked: orders, payments, bills of 对外收款. */
export interface MoneyRecords {
  /** Without a source nothing can be missed in it. */
  isConnected(): boolean;
  between(pair: Pair, from: Date, to: Date): Promise<MoneyRecord[]>;
}

/** Until a source of records is connected. */
export const noMoneyRecords: MoneyRecords = { isConnected: () => false, between: async () => [] };
