interface Holiday {
  name: string;
  from: string;
  to: string;
  /** Days off that are worked in exchange. */
  madeUp?: readonly string[];
}

/**
 * The public holidays of mainland China as the State Council (国务院办公厅) announces them each November for the year
 * after: 2025 by 国办发明电〔2024〕12号, 2026 by 国办发明电〔2025〕7号. A year is added here when it is announced; until then
 * a company enters its own days.
 */
export const publicHolidays: Readonly<Record<number, readonly Holiday[]>> = {
  2025: [
    { name: '元旦', from: '2025-01-01', to: '2025-01-01' },
    { name: '春节', from: '2025-01-28', to: '2025-02-04', madeUp: ['2025-01-26', '2025-02-08'] },
    { name: '清明节', from: '2025-04-04', to: '2025-04-06' },
    { name: '劳动节', from: '2025-05-01', to: '2025-05-05', madeUp: ['2025-04-27'] },
    { name: '端午节', from: '2025-05-31', to: '2025-06-02' },
    { name: '国庆节、中秋节', from: '2025-10-01', to: '2025-10-08', madeUp: ['2025-09-28', '2025-10-11'] },
  ],
  2026: [
    { name: '元旦', from: '2026-01-01', to: '2026-01-03', madeUp: ['2026-01-04'] },
    { name: '春节', from: '2026-02-15', to: '2026-02-23', madeUp: ['2026-02-14', '2026-02-28'] },
    { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
    { name: '劳动节', from: '2026-05-01', to: '2026-05-05', madeUp: ['2026-05-09'] },
    { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
    { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
    { name: '国庆节', from: '2026-10-01', to: '2026-10-07', madeUp: ['2026-09-20', '2026-10-10'] },
  ],
};
