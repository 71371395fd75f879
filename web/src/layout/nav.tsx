import {
  AimOutlined,
  AlertOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  ContactsOutlined,
  ContainerOutlined,
  DashboardOutlined,
  EyeOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  FilterOutlined,
  FireOutlined,
  FolderOpenOutlined,
  IdcardOutlined,
  InboxOutlined,
  InsuranceOutlined,
  LockOutlined,
  MessageOutlined,
  MobileOutlined,
  NotificationOutlined,
  OrderedListOutlined,
  RadarChartOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  SendOutlined,
  SettingOutlined,
  SolutionOutlined,
  StopOutlined,
  SwapOutlined,
  SyncOutlined,
  TagsOutlined,
  TeamOutlined,
  UserOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { approvalPermissions } from '../api';
import type { Texts } from '../i18n';

export interface NavEntry {
  path: string;
  /** Key in the texts of the area `shell`. */
  label: keyof Texts['shell'] & string;
  icon: ReactNode;
  /** Shown to readers with one of these permissions; `self` is everybody's. */
  can: string | readonly string[];
  /** What waits there for the reader is counted beside it. */
  counts?: 'approvals';
}

export interface NavGroup {
  label: keyof Texts['shell'] & string;
  entries: NavEntry[];
}

/** The left rail, by the reader's job. A new room is one entry here and one line in routes.tsx. */
export const navigation: NavGroup[] = [
  {
    label: 'groupDesk',
    entries: [
      { path: '/', label: 'overview', icon: <DashboardOutlined />, can: 'directory:read' },
      { path: '/notices', label: 'notices', icon: <NotificationOutlined />, can: 'self' },
    ],
  },
  {
    label: 'groupCustomers',
    entries: [
      { path: '/leads', label: 'leads', icon: <AimOutlined />, can: 'leads:read' },
      { path: '/customers', label: 'customers', icon: <BankOutlined />, can: 'customers:read' },
      { path: '/contacts', label: 'contacts', icon: <IdcardOutlined />, can: 'contacts:read' },
      { path: '/external-contacts', label: 'externalContacts', icon: <ContactsOutlined />, can: 'relations:read' },
      { path: '/group-chats', label: 'groupChats', icon: <TeamOutlined />, can: 'relations:read' },
      { path: '/corp-tags', label: 'corpTags', icon: <TagsOutlined />, can: 'relations:read' },
      { path: '/staff', label: 'staff', icon: <ApartmentOutlined />, can: 'directory:read' },
    ],
  },
  {
    label: 'groupCompliance',
    entries: [
      { path: '/reviews', label: 'reviews', icon: <ContainerOutlined />, can: 'archive:review' },
      { path: '/messages', label: 'archiveSearch', icon: <FileSearchOutlined />, can: 'archive:read' },
      { path: '/conversations', label: 'conversations', icon: <MessageOutlined />, can: 'archive:read' },
      { path: '/word-lists', label: 'wordLists', icon: <BookOutlined />, can: 'archive:review' },
      { path: '/supervision', label: 'supervision', icon: <EyeOutlined />, can: 'archive:review' },
      { path: '/archive', label: 'archiveHealth', icon: <SafetyCertificateOutlined />, can: 'archive:status' },
      { path: '/exports', label: 'archiveExports', icon: <FolderOpenOutlined />, can: 'archive:export' },
      { path: '/holds', label: 'holds', icon: <InsuranceOutlined />, can: 'archive:hold' },
    ],
  },
  {
    label: 'groupRisk',
    entries: [
      { path: '/risk', label: 'riskToday', icon: <FireOutlined />, can: 'findings:read' },
      { path: '/findings', label: 'findings', icon: <AlertOutlined />, can: 'findings:read' },
      { path: '/risk/people', label: 'riskPeople', icon: <UserOutlined />, can: 'findings:read' },
      { path: '/risk/customers', label: 'riskCustomers', icon: <IdcardOutlined />, can: 'findings:read' },
      { path: '/risk/detectors', label: 'riskDetectors', icon: <RadarChartOutlined />, can: 'findings:read' },
      { path: '/risk/replies', label: 'riskReplies', icon: <FieldTimeOutlined />, can: 'reply_quality:read' },
      { path: '/risk/spot-checks', label: 'spotChecks', icon: <MobileOutlined />, can: 'spot_checks:run' },
      { path: '/risk/logs', label: 'securityRecords', icon: <FileProtectOutlined />, can: 'security_records:read' },
      { path: '/risk/exceptions', label: 'exceptions', icon: <StopOutlined />, can: 'findings:except' },
      { path: '/risk/connectors', label: 'connectors', icon: <ApiOutlined />, can: 'connectors:manage' },
      { path: '/risk/weekly', label: 'riskWeekly', icon: <CalendarOutlined />, can: 'findings:read' },
      { path: '/risk/rules', label: 'contentRules', icon: <FilterOutlined />, can: 'rules:read' },
      { path: '/risk/interception', label: 'interception', icon: <StopOutlined />, can: 'rules:read' },
    ],
  },
  {
    label: 'groupHandover',
    entries: [
      { path: '/handover/departures', label: 'departures', icon: <UserSwitchOutlined />, can: 'handovers:read' },
      { path: '/handover/plans', label: 'handoverPlans', icon: <SwapOutlined />, can: 'handovers:read' },
      { path: '/handover/leftovers', label: 'leftovers', icon: <FileDoneOutlined />, can: 'handovers:read' },
    ],
  },
  {
    label: 'groupData',
    entries: [
      { path: '/sync', label: 'sync', icon: <SyncOutlined />, can: 'runs:read' },
      { path: '/inbox', label: 'inbox', icon: <InboxOutlined />, can: 'inbox:read' },
    ],
  },
  {
    label: 'groupSystem',
    entries: [
      { path: '/audit', label: 'audit', icon: <AuditOutlined />, can: 'audit:read' },
      {
        path: '/approvals',
        label: 'approvals',
        icon: <SolutionOutlined />,
        can: approvalPermissions,
        counts: 'approvals',
      },
      { path: '/access', label: 'access', icon: <SafetyOutlined />, can: ['access:read', 'reporting:read'] },
      { path: '/settings/webhooks', label: 'webhooks', icon: <SendOutlined />, can: 'webhooks:read' },
      { path: '/settings/keys', label: 'dataKeys', icon: <LockOutlined />, can: 'keys:rotate' },
      {
        path: '/settings/calendar',
        label: 'workingCalendar',
        icon: <CarryOutOutlined />,
        can: ['settings:read', 'reply_quality:read'],
      },
      { path: '/settings/lists', label: 'pickLists', icon: <OrderedListOutlined />, can: 'crm:configure' },
      { path: '/settings', label: 'settings', icon: <SettingOutlined />, can: 'settings:read' },
    ],
  },
];

export const mayOpen = ({ can }: Pick<NavEntry, 'can'>, permissions: readonly string[]): boolean =>
  [can].flat().some((permission) => permission === 'self' || permissions.includes(permission));

/** The entry an address lies under: the nearest, as entries may lie under one another. */
export const entryOf = (pathname: string): NavEntry | undefined =>
  navigation
    .flatMap(({ entries }) => entries)
    .filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .sort((one, other) => other.path.length - one.path.length)[0];

/** Whether entries of their own lie below an address: then it is marked only where it is opened itself. */
export const hasEntriesBelow = (path: string): boolean =>
  navigation.some(({ entries }) => entries.some((entry) => entry.path !== path && entry.path.startsWith(path)));
