import { get, post, type Route } from '../../../http/route';
import { idParam, listQuery } from '../../../http/schema';
import { personOf, recordRoutes, recordView } from '../../../records';
import { leadType } from './lead.type';
import { assignment, conversion, discarding, newTouch, touchList } from './leads.schema';
import type { Leads } from './leads.service';

const view = recordView(leadType);
const act = { can: 'leads:write', params: idParam, returns: view, once: true } as const;

export const leadRoutes = (services: { leads: Leads }): Route[] => [
  ...recordRoutes(leadType, () => services.leads.records),
  post(
    '/leads/:id/assign',
    { ...act, about: 'Give it to somebody', body: assignment },
    ({ params, body, viewer, ctx }) => services.leads.assign(params.id, body, personOf(viewer, ctx.ip)),
  ),
  post('/leads/:id/qualify', { ...act, about: 'The checklist is complete' }, ({ params, viewer, ctx }) =>
    services.leads.qualify(params.id, personOf(viewer, ctx.ip)),
  ),
  post(
    '/leads/:id/discard',
    { ...act, about: 'It leads nowhere, and why', body: discarding },
    ({ params, body, viewer, ctx }) => services.leads.discard(params.id, body, personOf(viewer, ctx.ip)),
  ),
  post(
    '/leads/:id/convert',
    { ...act, about: 'Make a customer and a contact of it; again: the same answer', body: conversion },
    ({ params, body, viewer, ctx }) => services.leads.convert(params.id, body, personOf(viewer, ctx.ip)),
  ),
  post(
    '/leads/:id/touches',
    { ...act, about: 'A talk, a visit, a call, a mail: the first moves it on', body: newTouch, status: 201 },
    ({ params, body, viewer, ctx }) => services.leads.logTouch(params.id, body, personOf(viewer, ctx.ip)),
  ),
  get(
    '/leads/:id/touches',
    { can: 'leads:read', about: 'The last 200 times', params: idParam, query: listQuery({}), returns: touchList },
    async ({ params, viewer }) => ({ items: await services.leads.touches(params.id, viewer), next_cursor: null }),
  ),
];
