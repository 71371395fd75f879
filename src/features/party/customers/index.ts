import type { Entities } from '../../../db/data-source';
import { recordRoutes } from '../../../records';
import { Customer } from './customer.entity';
import { customerType } from './customer.type';
import type { Customers } from './customers.service';

export { type Customers, createCustomers } from './customers.service';

export const customersFeature = {
  name: 'customers',
  entities: [Customer] as Entities,
  routes: (services: { customers: Customers }) => recordRoutes(customerType, () => services.customers.records),
};
