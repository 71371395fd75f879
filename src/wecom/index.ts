import type { Clock } from '../core/clock';
import { createArchiveApi } from './api/archive';
import { createCorpTagApi } from './api/corp-tag';
import { createDirectoryApi } from './api/directory';
import { createExternalContactApi } from './api/external-contact';
import { createGroupChatApi } from './api/group-chat';
import { createInterceptApi } from './api/intercept';
import { createMessageApi } from './api/message';
import { createPlatformApi } from './api/platform';
import { createSecurityApi } from './api/security';
import { createSignInApi } from './api/sign-in';
import { createTicketApi, fetchTicket, type TicketKind } from './api/ticket';
import { createTransferApi } from './api/transfer';
import { type ClientDeps, createWecomClient } from './client';
import { createClockSkew } from './clock-skew';
import { TokenStore } from './token';

export interface WecomDeps extends ClientDeps {
  clock: Clock;
  /** Of the self-built app; asked at every call. */
  agentId: () => number | undefined;
}

export type Wecom = ReturnType<typeof createWecom>;

/** The WeCom platform as this company's server sees it. Call `client.close` at the end. */
export function createWecom(deps: WecomDeps) {
  const { db, vault, clock, agentId, secrets, logger: log, tuning } = deps;
  const skew = createClockSkew(clock);
  const client = createWecomClient({ heard: skew.heard, ...deps });
  const { tokens, budget } = client;
  const tickets = new TokenStore<TicketKind>({
    db,
    vault,
    log,
    wait: tuning?.wait,
    secretOf: () => secrets('agent'),
    fetch: (kind) => fetchTicket(client, kind, { lane: 'click' }),
  });
  return {
    client,
    tokens,
    budget,
    directory: createDirectoryApi(client),
    externalContacts: createExternalContactApi(client),
    groupChats: createGroupChatApi(client),
    corpTags: createCorpTagApi(client),
    transfers: createTransferApi(client),
    archive: createArchiveApi(client),
    security: createSecurityApi(client),
    interception: createInterceptApi(client),
    signIn: createSignInApi(client),
    messages: createMessageApi(client, { agentId }),
    tickets: createTicketApi(tickets, clock),
    platform: createPlatformApi({ client, tokens, agentId, clockSkewMs: skew.ms }),
  };
}

export type { Advice } from './advice';
export type { ArchiveApi, ConsentAnswer, InternalChat, Robot, SingleConsent } from './api/archive';
export type { CorpTag, CorpTagApi, CorpTagGroup, CorpTagQuery } from './api/corp-tag';
export type { Department, DirectoryApi, Staff, StaffPlace } from './api/directory';
export type { ExternalContactApi, Remark, TagMarks } from './api/external-contact';
export type {
  BatchFollower,
  BatchPage,
  ContactOfStaff,
  ContactWithFollowers,
  ExternalContact,
  Follower,
  FollowerBase,
  FollowerTag,
  Unassigned,
} from './api/external-contact.shape';
export type { GroupChat, GroupChatApi, GroupChatMember, GroupChatQuery, GroupChatRef } from './api/group-chat';
export {
  type InterceptApi,
  type InterceptChange,
  type InterceptRange,
  type InterceptRef,
  type InterceptRule,
  type InterceptType,
  interceptLimits,
  type Semantics,
} from './api/intercept';
export type { MessageApi, MessageReceipt, TextCard, TextMessage } from './api/message';
export { type AppRange, type Capability, capabilities, type PlatformApi, type SecretCheck } from './api/platform';
export type { SecurityApi, SecurityLog, SecurityRow } from './api/security';
export type { JsonObject } from './api/shape';
export type { SignInApi } from './api/sign-in';
export type { PageSignature, TicketApi, TicketKind } from './api/ticket';
export type {
  CustomerTransfer,
  GroupTransfer,
  TransferApi,
  TransferPair,
  TransferResult,
  TransferStatus,
} from './api/transfer';
export { pages } from './cursor';
export {
  type ErrorClass,
  isErrcode,
  WecomCursorExpired,
  WecomError,
} from './errors';
export type { CallMetrics, CallOptions, Lane, Log, WecomAppName, WecomCall, WecomClient } from './types';
export { wecomEntities } from './wecom.entity';
