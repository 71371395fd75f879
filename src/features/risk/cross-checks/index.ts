import { MoneyTalk } from './money-talk.entity';

export const crossChecksFeature = {
  name: 'cross-checks',
  entities: [MoneyTalk],
  routes: () => [],
};
export { type CrossChecks, createCrossChecks } from './cross-checks';
export { type MoneyRecords, noMoneyRecords } from './money-records';
