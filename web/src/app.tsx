import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { queryClient } from './api';
import { speak } from './i18n';
import { usePreferences } from './preferences';
import { router } from './routes';
import { themeOf } from './theme/theme';
import { useCalm, usePaletteVariables, useScheme } from './theme/use-scheme';

/** Everything that surrounds the pages: texts, theme, data, addresses. */
export function App() {
  const locale = useLanguage();
  const scheme = useScheme();
  const calm = useCalm();
  usePaletteVariables(scheme);
  if (!locale) return null;
  return (
    <ConfigProvider locale={locale} theme={themeOf(scheme, calm, locale.locale)} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

function useLanguage(): Locale | undefined {
  const language = usePreferences((preferences) => preferences.language);
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let current = true;
    void speak(language).then((loaded) => current && setLocale(loaded));
    return () => {
      current = false;
    };
  }, [language]);
  return locale;
}
