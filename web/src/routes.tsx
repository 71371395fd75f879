import { createBrowserRouter } from 'react-router';
import { NotFound } from './components/not-found';
import { PageError } from './components/page-error';

/** Every address of the console. A page is one lazy import whose module exports `Component` (and `loader` if it has one). */
export const router = createBrowserRouter([
  {
    path: '/sign-in',
    lazy: () => import('./pages/sign-in'),
    errorElement: <PageError />,
    hydrateFallbackElement: <></>,
  },
  {
    lazy: () => import('./layout'),
    errorElement: <PageError />,
    hydrateFallbackElement: <></>,
    children: [
      {
        // Errors of a page stay inside the frame.
        errorElement: <PageError />,
        children: [
          { path: '/', lazy: () => import('./pages/overview') },
          { path: '/external-contacts', lazy: () => import('./pages/external-contacts') },
          { path: '/external-contacts/:id', lazy: () => import('./pages/external-contacts/person') },
          { path: '/group-chats', lazy: () => import('./pages/group-chats') },
          { path: '/group-chats/:id', lazy: () => import('./pages/group-chats/chat') },
          { path: '/corp-tags', lazy: () => import('./pages/corp-tags') },
          { path: '/staff', lazy: () => import('./pages/staff') },
          { path: '/conversations', lazy: () => import('./pages/conversations') },
          { path: '/conversations/:id', lazy: () => import('./pages/conversations/one') },
          { path: '/messages', lazy: () => import('./pages/messages') },
          { path: '/word-lists', lazy: () => import('./pages/word-lists') },
          { path: '/supervision', lazy: () => import('./pages/supervision') },
          { path: '/notices', lazy: () => import('./pages/notices') },
          { path: '/archive', lazy: () => import('./pages/archive') },
          { path: '/risk', lazy: () => import('./pages/risk') },
          { path: '/risk/people', lazy: () => import('./pages/risk/people') },
          { path: '/risk/people/:userid', lazy: () => import('./pages/risk/person') },
          { path: '/risk/customers', lazy: () => import('./pages/risk/customers') },
          { path: '/risk/detectors', lazy: () => import('./pages/risk/detectors') },
          { path: '/risk/weekly', lazy: () => import('./pages/risk/weekly') },
          { path: '/risk/rules', lazy: () => import('./pages/risk/rules') },
          { path: '/risk/rules/:id', lazy: () => import('./pages/risk/rules/one') },
          { path: '/risk/interception', lazy: () => import('./pages/risk/interception') },
          { path: '/findings', lazy: () => import('./pages/findings') },
          { path: '/findings/:id', lazy: () => import('./pages/findings/one') },
          { path: '/reviews', lazy: () => import('./pages/reviews') },
          { path: '/reviews/:id', lazy: () => import('./pages/reviews/one') },
          { path: '/exports', lazy: () => import('./pages/exports') },
          { path: '/holds', lazy: () => import('./pages/holds') },
          { path: '/sync', lazy: () => import('./pages/sync') },
          { path: '/inbox', lazy: () => import('./pages/inbox') },
          { path: '/audit', lazy: () => import('./pages/audit') },
          { path: '/approvals', lazy: () => import('./pages/approvals') },
          { path: '/access', lazy: () => import('./pages/access') },
          { path: '/notifications', lazy: () => import('./pages/notifications') },
          { path: '/account', lazy: () => import('./pages/account') },
          { path: '/settings/webhooks', lazy: () => import('./pages/webhooks') },
          { path: '/settings/webhooks/:id', lazy: () => import('./pages/webhooks/one') },
          { path: '/settings', lazy: () => import('./pages/settings') },
          { path: '/settings/keys', lazy: () => import('./pages/keys') },
          { path: '/settings/doctor', lazy: () => import('./pages/doctor') },
          { path: '/setup', lazy: () => import('./pages/setup') },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
