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
          { path: '/sync', lazy: () => import('./pages/sync') },
          { path: '/settings', lazy: () => import('./pages/settings') },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
