export type { DepartureNoticed, DomainEvent, EventData, EventType } from './event-types';
export { createDomainEvents, type DomainEvents, type EventListener } from './events';
