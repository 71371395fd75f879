import { createRecordScopes } from '../features/kernel/scope';
import { createContacts } from '../features/party/contacts';
import { createCustomers } from '../features/party/customers';
import { createLeads, createWecomIntake } from '../features/party/leads';
import { createRecords } from '../records';
import type { Kernel } from './kernel';
import type { Platform } from './platform';

export type Party = ReturnType<typeof createParty>;

/** Whom we deal with: leads, customers, contacts. */
export function createParty({ db, vault }: Platform, kernel: Kernel) {
  const { audit, reporting, scopes, queue, events, dictionaries, numberSeries } = kernel;
  const staff = { idOf: reporting.staffIdOf, names: (ids: readonly string[]) => reporting.names([...ids]) };
  const records = createRecords({
    ...{ db, vault, audit, staff, scopes: createRecordScopes(scopes) },
    namesOf: audit.names,
    nextNumber: numberSeries.next,
    isItem: async (dictionary, code) => (await dictionaries.items(dictionary)).some((item) => item.code === code),
  });
  const customers = createCustomers({ db, records });
  const contacts = createContacts({ db, records });
  const leads = createLeads({ db, records, staff, customers, contacts, namesOf: audit.names });
  const wecomIntake = createWecomIntake({ db, queue, events, leads, contacts });
  return { records, customers, contacts, leads, wecomIntake };
}
